package io.qmptape.cli;

import io.qmptape.protocol.Bytes;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.replay.server.ReplayServer;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.UnixEndpoint;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What stands at the far end of the demo: a QEMU, or a recording of one. */
sealed interface DemoMachine extends AutoCloseable {
    String PROGRAM = "qemu-system-x86_64";

    /** What it is, for people. */
    String words();

    @Override
    void close();

    /** @param socket where its monitor listens; there when this returns */
    static DemoMachine start(Path socket) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory).resolve(PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        return program.isPresent() ? Real.start(program.get(), socket) : Played.start(socket);
    }

    /** A QEMU without a guest, emulated, so that it runs on every machine. */
    record Real(Process process, Path program) implements DemoMachine {
        private static final int START_TRIES = 300;

        static Real start(Path program, Path socket) throws IOException, InterruptedException {
            List<String> command = List.of(
                    program.toString(),
                    "-name",
                    "demo",
                    "-nodefaults",
                    // it waits for the client's cont: whether a machine runs yet would else be a matter of luck
                    "-S",
                    "-display",
                    "none",
                    "-M",
                    "q35",
                    "-accel",
                    "tcg",
                    "-m",
                    "64",
                    "-blockdev",
                    "driver=null-co,node-name=disk0,size=1048576,read-zeroes=on",
                    "-qmp",
                    "unix:" + socket + ",server=on,wait=off");
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            for (int i = 0; i < START_TRIES && !Files.exists(socket); i++) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new IOException(PROGRAM + " ended at once with exit code " + process.exitValue());
                }
            }
            return new Real(process, program);
        }

        @Override
        public String words() {
            return "a real QEMU (" + program + ")";
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The bundled session of such a QEMU, played by the replay server. */
    record Played(ReplayServer server, EventLoops loops) implements DemoMachine {
        static Played start(Path socket) throws IOException {
            EventLoops loops = EventLoops.best();
            ReplayServer server =
                    new ReplayServer(loops, new UnixEndpoint(socket), Script.of(bundled()), Secrets.withoutKey());
            server.start();
            return new Played(server, loops);
        }

        private static RecordedSession bundled() throws IOException {
            try (InputStream in = Objects.requireNonNull(
                    DemoMachine.class.getResourceAsStream("demo.qmp.jsonl"), "the demo's session is in the jar")) {
                return TranscriptReader.read("demo.qmp.jsonl", Bytes.lend(in.readAllBytes()));
            }
        }

        @Override
        public String words() {
            return "a recorded QEMU, played back (there is no " + PROGRAM + " on the PATH)";
        }

        @Override
        public void close() {
            server.close();
            loops.close();
        }
    }
}
