package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.CollectingPort;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.InterposedEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InterposedProxyTest {
    private static final int TIMES = 30;

    @TempDir
    Path directory;

    private final EventLoops loops = EventLoops.best();
    private final CollectingPort port = new CollectingPort();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    @Test
    void noClientMeetsAClosedDoorWhileItComesAndGoes() {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger greeted = new AtomicInteger();
        try (FakeQemu qemu = qemu().answering()) {
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!isOver.get()) {
                    try (Wire client = Wire.to(qemu.endpoint())) {
                        assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
                        greeted.incrementAndGet();
                    }
                }
            });

            for (int i = 0; i < TIMES && !clients.isDone(); i++) {
                int before = greeted.get();
                try (Proxy proxy = interposed()) {
                    awaitMore(greeted, before, clients);
                    proxy.drain();
                    proxy.stop(Duration.ofSeconds(20));
                }
            }

            isOver.set(true);
            clients.join();
            assertThat(greeted.get()).isGreaterThanOrEqualTo(TIMES);
        }
    }

    @Test
    void namesTheMonitorByItsPath() {
        try (FakeQemu qemu = qemu();
                Proxy proxy = interposed();
                Wire client = Wire.to(qemu.endpoint());
                Wire monitor = qemu.accept()) {
            client.send("hello\n");
            assertThat(monitor.line()).isEqualTo("hello\n");

            Traffic.Opened opened = port.await(Traffic.Opened.class, 1).get(0);
            assertThat(opened.machine().name()).isEqualTo(qemu.endpoint());
            assertThat(opened.upstream()).isEqualTo(qemu.endpoint());
            proxy.stop(Duration.ZERO);
        }
    }

    @Test
    void whoWaitsInLineReachesTheMonitorAfterThePathWasGivenBack() {
        try (FakeQemu qemu = qemu();
                Proxy proxy = interposed();
                Wire first = Wire.to(qemu.endpoint());
                Wire second = Wire.to(qemu.endpoint());
                Wire third = Wire.to(qemu.endpoint())) {
            port.await(Traffic.Opened.class, 2);

            proxy.drain();

            assertThat(port.await(Traffic.Closed.class, 3))
                    .extracting(Traffic.Closed::cause)
                    .containsOnly(CloseCause.RECORDING_STOPPED);
            List<Wire> clients = List.of(first, second, third);
            clients.forEach(client -> client.send("hello\n"));
            for (Wire client : clients) {
                try (Wire monitor = qemu.accept()) {
                    assertThat(monitor.line()).isEqualTo("hello\n");
                }
            }
            proxy.stop(Duration.ZERO);
        }
    }

    @Test
    void anotherOneMayTakeThePathWhileTheFirstStillDrains() {
        try (FakeQemu qemu = qemu();
                Proxy first = interposed();
                Wire old = Wire.to(qemu.endpoint());
                Wire oldMonitor = qemu.accept()) {
            port.await(Traffic.Opened.class, 1);
            first.drain();
            try (Proxy next = interposed();
                    Wire client = Wire.to(qemu.endpoint());
                    Wire monitor = qemu.accept()) {
                old.send("old\n");
                assertThat(oldMonitor.line()).isEqualTo("old\n");

                first.stop(Duration.ZERO);

                assertThat(next.isInPlace()).isTrue();
                client.send("new\n");
                assertThat(monitor.line()).isEqualTo("new\n");
            }
        }
    }

    private static void awaitMore(AtomicInteger count, int before, CompletableFuture<?> counting) {
        while (count.get() <= before + 1 && !counting.isDone()) {
            Thread.onSpinWait();
        }
    }

    private Proxy interposed() {
        InterposedEndpoint place = new InterposedEndpoint(directory.resolve("q.sock"));
        ProxyOptions options = ProxyOptions.of(place, place.monitor()).withGrace(Duration.ZERO);
        Proxy proxy = new Proxy(options, Surroundings.of(loops, new SystemClock(), port));
        proxy.start();
        return proxy;
    }

    private FakeQemu qemu() {
        return FakeQemu.unix(directory.resolve("q.sock"));
    }
}
