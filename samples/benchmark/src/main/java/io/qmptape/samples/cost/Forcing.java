package io.qmptape.samples.cost;

import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Judged, masked, and each forced to the disk before the next is written. */
@NullUnmarked
public class Forcing extends ToTape {
    private static final int MESSAGES = 2_000;

    @Override
    Recorded record() throws IOException {
        return new Recorded(false, RecorderOptions.defaults().withSync(Duration.ZERO));
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void toTape() {
        send(MESSAGES);
    }
}
