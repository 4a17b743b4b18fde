package io.qmptape.samples.cost;

import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** Many at once, as they come. */
@NullUnmarked
public class Appending extends ToTape {
    private static final int MESSAGES = 50_000;

    /** Whether the recorder only writes; or judges and masks as it does usually; or forces that to the disk as well. */
    @Param({"bare", "full", "each second"})
    public String work;

    @Override
    Recorded record() throws IOException {
        RecorderOptions options = RecorderOptions.defaults();
        return new Recorded(
                work.equals("bare"), work.equals("each second") ? options.withSync(Duration.ofSeconds(1)) : options);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void toTape() {
        send(MESSAGES);
    }
}
