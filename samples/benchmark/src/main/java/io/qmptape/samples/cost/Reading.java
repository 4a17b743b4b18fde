package io.qmptape.samples.cost;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.Placed;
import io.qmptape.store.ReelScan;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Messages of a tape, plain or packed, read back, a second: all, one session of fifty, or as bytes whose checksums fit. */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class Reading {
    private static final int MESSAGES = 400_000;

    @Param({"false", "true"})
    private boolean isPacked;

    private Recorded recorded;

    @Setup(Level.Trial)
    public void write() throws IOException {
        recorded = new Recorded(false, RecorderOptions.defaults());
        recorded.send(MESSAGES);
        recorded.finish();
        recorded.requireAll();
        if (isPacked) {
            Recorded.pack(recorded.tape());
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        recorded.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void cursor(Blackhole sink) {
        try (TapeCursor cursor = recorded.tape().cursor(Map.of())) {
            for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                sink.consume(next.get());
            }
        }
    }

    /** Those of the other sessions, which it passes over, count too. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void session(Blackhole sink) {
        recorded.tape().session(recorded.talk().aSession()).read(sink::consume);
    }

    /** As for {@code verify}. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void scan(Blackhole sink) {
        for (String reel : recorded.tape().reelNames()) {
            recorded.tape().reels().scan(reel, into(sink));
        }
    }

    private static ReelScan into(Blackhole sink) {
        return new ReelScan() {
            @Override
            public void record(Place place, Bytes record) {
                sink.consume(record);
            }

            @Override
            public void damage(Place place, String what) {
                throw new IllegalStateException(place + ": " + what);
            }
        };
    }
}
