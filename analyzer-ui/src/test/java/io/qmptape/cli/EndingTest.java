package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

class EndingTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void theSignalActsOnceAndWakesWhoWaits() throws InterruptedException {
        List<String> done = new ArrayList<>();

        try (Ending ending = Ending.onSignal(() -> done.add("closed"))) {
            Signal.raise(new Signal("TERM"));
            ending.await();
        }

        assertThat(done).containsExactly("closed");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void eachSignalThatIsWaitedForWakesOnce() throws InterruptedException {
        try (Ending ending = Ending.bySignals(2)) {
            Signal.raise(new Signal("TERM"));
            ending.await();
            assertThat(ending.await(Duration.ofMillis(1))).isFalse();

            Signal.raise(new Signal("HUP"));
            ending.await();
        }
    }

    @Test
    void aClosedEndingLeavesSignalsAsTheyWere() {
        List<String> told = new ArrayList<>();
        Signal hangUp = new Signal("HUP");
        var before = Signal.handle(hangUp, signal -> told.add("before"));

        Ending.bySignal().close();

        assertThat(Signal.handle(hangUp, before)).isNotNull();
        assertThat(told).isEmpty();
    }
}
