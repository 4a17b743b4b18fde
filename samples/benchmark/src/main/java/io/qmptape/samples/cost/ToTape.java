package io.qmptape.samples.cost;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the port to the tape, messages a second: one thread sends, the recorder's own writes. A tape an iteration, so that
 * none grows without end; what it holds is counted.
 */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public abstract class ToTape {
    private Recorded recorded;

    abstract Recorded record() throws IOException;

    final void send(int messages) {
        recorded.send(messages);
    }

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        recorded = record();
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
        try (Recorded ended = recorded) {
            ended.finish();
            ended.requireAll();
        }
    }
}
