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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to seal a reel of the usual size: so long the recorder's queue has to hold what comes meanwhile. */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class Sealing {
    /** Of less than 500 bytes each, so that all are in one reel. */
    private static final int MESSAGES = (64 << 20) / 500;

    private Recorded recorded;

    @Setup(Level.Iteration)
    public void write() throws IOException {
        recorded = new Recorded(false, RecorderOptions.defaults());
        recorded.send(MESSAGES);
    }

    @Benchmark
    public void seal() {
        recorded.finish();
    }

    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        recorded.requireAll();
        recorded.close();
    }
}
