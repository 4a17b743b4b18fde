package io.qmptape.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelReader;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.traffic.SessionId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder that is told to stop before it has made its first reel makes it while the JVM ends. */
final class LateReelTest {
    private static final Bytes RECORD = RecordCodec.encode(
            new SessionRecord.HalfClosed(new SessionId(new UUID(1, 2)), Direction.CLIENT_TO_SERVER, 3), 4, Bytes.EMPTY);

    /** A program that does so. */
    static final class Program {
        public static void main(String[] args) {
            ChronicleReels reels = new ChronicleReels();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try (ReelWriter writer = reels.create(Path.of(args[0]))) {
                    writer.append(RECORD);
                }
            }));
        }
    }

    @Test
    void makesAReelWhileTheJvmEnds(@TempDir Path directory) throws Exception {
        Path reel = directory.resolve("reel");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName(), reel.toString()));

        Process process = new ProcessBuilder(command).inheritIO().start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (ReelReader reader = new ChronicleReels().open(reel).orElseThrow()) {
            assertThat(reader.next()).contains(RECORD);
        }
    }
}
