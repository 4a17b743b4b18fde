package io.qmptape.samples.cost;

import io.qmptape.store.Intake;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Pruning;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.transcript.TranscriptReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Prints what a message takes on the disk, plain, packed, and as a whole compressed, and what packing takes. */
final class Disk {
    private static final int MESSAGES = 400_000;
    /** As {@code gzip -6}. */
    private static final int LEVEL = 6;

    private static final int CHUNK = 1 << 20;

    private final String what;
    private final Tape tape;
    private final long messages;
    private final long raw;

    /** @param raw bytes of all messages */
    private Disk(String what, Tape tape, long messages, long raw) {
        this.what = what;
        this.tape = tape;
        this.messages = messages;
        this.raw = raw;
    }

    /** Argument: a directory with transcripts. */
    public static void main(String[] arguments) throws IOException {
        try (Recorded recorded = new Recorded(false, RecorderOptions.defaults())) {
            recorded.send(MESSAGES);
            recorded.finish();
            recorded.requireAll();
            long raw = (long) MESSAGES * Talk.MESSAGE_BYTES;
            new Disk("alike, of " + Talk.MESSAGE_BYTES + " bytes", recorded.tape(), MESSAGES, raw).print();
        }
        samples(Path.of(arguments[0]));
    }

    private static void samples(Path transcripts) throws IOException {
        Path directory = Files.createTempDirectory("qmptape-cost");
        try {
            Tape tape = new Tape(directory, new ChronicleReels());
            long messages = 0;
            long raw = 0;
            try (Intake intake = new Intake(tape)) {
                for (Path file : files(transcripts)) {
                    RecordedSession session = TranscriptReader.read(file);
                    session.records().forEach(intake::append);
                    messages += session.frames().size();
                    raw += session.frames().stream()
                            .mapToLong(frame -> frame.frame().bytes().length())
                            .sum();
                }
                intake.complete();
            }
            new Disk("of the sample sessions", tape, messages, raw).print();
        } finally {
            PrivateFiles.deleteTree(directory);
        }
    }

    private void print() throws IOException {
        long plain = Pruning.diskBytes(tape.reels());
        long compressed = 0;
        long began = processorNanos();
        for (Path file : files(tape.directory())) {
            compressed += compressed(Files.readAllBytes(file));
        }
        long packing = processorNanos();
        Recorded.pack(tape);
        double seconds = (processorNanos() - packing) / 1e9;
        long packed = Pruning.diskBytes(tape.reels());
        System.out.printf(Locale.ROOT, "%d messages %s: plain %s, ", messages, what, each(plain));
        System.out.printf(Locale.ROOT, "packed %s, compressed as a whole %s%n", each(packed), each(compressed));
        System.out.printf(
                Locale.ROOT,
                "    processor time: packing %.2f s, %.1f us a message, %.0f MB/s; compressing as a whole %.2f s%n",
                seconds,
                seconds * 1e6 / messages,
                plain / seconds / 1e6,
                (packing - began) / 1e9);
    }

    /** Of this thread, so that what else the machine does counts less. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private String each(long bytes) {
        return String.format(
                Locale.ROOT, "%.0f bytes each (%.2f of raw)", (double) bytes / messages, (double) bytes / raw);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long compressed(byte[] content) {
        Deflater deflater = new Deflater(LEVEL);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[CHUNK];
        long length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(out);
        }
        deflater.end();
        return length;
    }
}
