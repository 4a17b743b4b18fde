package io.qmptape.samples.cost;

import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
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

/**
 * From the port to the tape, messages a second: one thread sends, the recorder's own writes. A tape an iteration, so that
 * none grows without end; what it holds is counted afterwards.
 */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class Appending {
    private static final int MESSAGES = 50_000;

    /** Whether the recorder only writes, or judges and masks as it does usually. */
    @Param({"bare", "full"})
    public String work;

    private Recorded recorded;

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        recorded = new Recorded(work.equals("bare"), RecorderOptions.defaults());
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
