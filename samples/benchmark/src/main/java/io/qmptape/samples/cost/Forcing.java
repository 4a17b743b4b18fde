package io.qmptape.samples.cost;

import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
import java.time.Duration;
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

/** As {@link Appending}, judged and masked, but forced to the disk. */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class Forcing {
    private static final int MESSAGES = 2_000;

    /** How many milliseconds a message may wait for that. */
    @Param({"1000", "0"})
    public int millis;

    private Recorded recorded;

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        recorded = new Recorded(false, RecorderOptions.defaults().withSync(Duration.ofMillis(millis)));
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void toTape() {
        recorded.send(MESSAGES);
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
        try (Recorded ended = recorded) {
            ended.finish();
            ended.requireAll();
        }
    }
}
