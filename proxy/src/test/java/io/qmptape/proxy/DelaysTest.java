package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.testkit.CollectingPort;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DelaysTest {
    private static final int FLOOD = 4 << 20;

    @TempDir
    Path directory;

    private final CollectingPort port = new CollectingPort();
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();

    @Test
    void eachReadIsMeasuredOnceAndAWaitForTheOtherSideIsPartOfIt() {
        Endpoint listen = Endpoint.parse("unix:" + directory.resolve("p.sock"));
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("q.sock"));
                EventLoops loops = EventLoops.best();
                Proxy proxy = proxy(loops, listen, Endpoint.parse(qemu.endpoint()))) {
            proxy.start();
            try (Wire client = Wire.to(listen.toString());
                    Wire monitor = qemu.accept()) {
                client.send("{}");
                monitor.receive(2);
                awaitAll();
                assertThat(delays).hasSize(1);

                long before = System.nanoTime();
                int sent = monitor.sendUntilStalled(Bytes.lend(new byte[FLOOD]));
                long stalled = System.nanoTime();
                client.receive(sent);
                port.awaitBytes(Direction.SERVER_TO_CLIENT, sent);
                awaitAll();

                assertThat(stalled - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
                assertThat(delays)
                        .allMatch(nanos -> nanos > 0)
                        .anyMatch(nanos -> nanos > TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private Proxy proxy(EventLoops loops, Endpoint listen, Endpoint upstream) {
        Delays measuring = nanos -> {
            delays.add(nanos);
            port.wakeUp();
        };
        ProxyOptions options = ProxyOptions.of(listen, upstream).withGrace(Duration.ZERO);
        return new Proxy(options, new Surroundings(loops, new SystemClock(), port, measuring, waiting -> {}));
    }

    private void awaitAll() {
        port.await("a delay for each read", heard -> reads(heard) > 0 && delays.size() == reads(heard));
    }

    private static long reads(List<Traffic> heard) {
        return heard.stream().filter(Traffic.Read.class::isInstance).count();
    }
}
