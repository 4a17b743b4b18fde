package io.qmptape.store.ledger;

import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import io.qmptape.store.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code ledger} of a tape: what was sealed, removed and pinned, a line each, every line chained to the one before
 * and the first to the tape's identity. Only ever appended to, by many processes. Only removals are forced to the disk:
 * another line that a power cut takes is entered again from the seal. Safe for threads.
 */
public final class Ledger {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A million reels. */
    private static final long MAX_BYTES = 256L << 20;

    private final Path file;
    private final Path lock;
    private final Path identity;

    /** @param identity the file that says which tape this is */
    public Ledger(Path tape, Path identity) {
        this.file = tape.resolve("ledger");
        this.lock = tape.resolve("ledger.lock");
        this.identity = identity;
    }

    /** Reads it through. A last line without its end is being written, or was broken off by a crash: it does not count. */
    public LedgerState read() {
        try {
            return read(content());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** @throws UncheckedIOException if it is not in the ledger */
    public void append(List<LedgerEntry> entries) {
        try (FileMutex held = FileMutex.acquire(lock, PATIENCE)) {
            String content = content();
            LedgerState state = read(content);
            if (state.fault().isPresent()) {
                throw new IOException(state.fault().get() + (state.isNewer() ? "" : ": qmptape repair makes it sound"));
            }
            boolean isRemoval = entries.stream().anyMatch(LedgerEntry.Removed.class::isInstance);
            write(file, wholeLines(content), lines(state, entries), isRemoval);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    /** Puts a damaged ledger aside and begins a new one that names the head of the old and tells what that still told. */
    public Path beginAnew() {
        try (FileMutex held = FileMutex.acquire(lock, PATIENCE)) {
            LedgerState old = read(content());
            LedgerState empty = new LedgerState(old.start(), List.of(), false, Optional.empty(), false);
            List<LedgerEntry> entries = new ArrayList<>();
            entries.add(new LedgerEntry.Begun(old.head(), old.lines().size()));
            entries.addAll(old.kept());
            Path draft = file.resolveSibling("ledger" + PrivateFiles.DRAFT);
            write(draft, "", lines(empty, entries), true);
            Path aside = file.resolveSibling("ledger.damaged-" + Instant.now().toEpochMilli());
            Files.createLink(aside, file);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return aside;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin " + file + " anew: " + Reason.of(e), e);
        }
    }

    /** As {@link #read}, when nobody is writing it; where this process may not write, nobody is waited for. */
    public LedgerState settled() {
        if (!Files.isWritable(file.toAbsolutePath().getParent())) {
            return read();
        }
        try (FileMutex held = FileMutex.acquire(lock, PATIENCE)) {
            return read();
        }
    }

    private LedgerState read(String content) throws IOException {
        boolean isTorn = !content.isEmpty() && !content.endsWith("\n");
        String start = Sha256.of(identity);
        String before = start;
        List<LedgerLine> lines = new ArrayList<>();
        for (String text : wholeLines(content).lines().toList()) {
            try {
                LedgerLine line = LedgerLine.read(text, before, lines.size() + 1L);
                lines.add(line);
                before = line.hash();
            } catch (IllegalArgumentException | NewerFormException e) {
                String fault = "line " + (lines.size() + 1) + " of the ledger " + e.getMessage();
                return new LedgerState(start, lines, isTorn, Optional.of(fault), e instanceof NewerFormException);
            }
        }
        return new LedgerState(start, lines, isTorn, Optional.empty(), false);
    }

    private String content() throws IOException {
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            throw new IOException("it is too long to be one: put it aside, then qmptape repair begins another");
        }
        // byte for character: what is no UTF-8 must not be mended by reading it
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
    }

    private static String wholeLines(String content) {
        return content.substring(0, content.lastIndexOf('\n') + 1);
    }

    private static String lines(LedgerState state, List<LedgerEntry> entries) throws NewerFormException {
        StringBuilder lines = new StringBuilder();
        String before = state.head();
        long number = state.lines().size();
        for (LedgerEntry entry : entries) {
            String line = LedgerLine.write(before, ++number, Instant.now(), entry);
            before = LedgerLine.read(line, before, number).hash();
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    private static void write(Path path, String kept, String added, boolean isForced) throws IOException {
        try (FileChannel channel = PrivateFiles.open(path, StandardOpenOption.CREATE)) {
            // a line that a crash broke off goes
            channel.truncate(kept.length());
            channel.position(kept.length());
            ByteBuffer bytes = ByteBuffer.wrap(added.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (isForced) {
                channel.force(true);
            }
        }
    }
}
