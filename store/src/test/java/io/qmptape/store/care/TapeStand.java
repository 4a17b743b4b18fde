package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.Reels;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A tape for tests, with sessions of every shape from a seed. */
final class TapeStand {
    final Tape tape;
    private final Random random;

    TapeStand(Path directory, long seed) {
        this(directory, seed, new ChronicleReels());
    }

    TapeStand(Path directory, long seed, Reels reels) {
        tape = new Tape(directory, reels);
        random = new Random(seed);
    }

    /** A reel with whole sessions, whose records take turns. */
    List<List<SessionRecord>> reelOf(int sessions) {
        List<List<SessionRecord>> made = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            made.add(session());
        }
        try (TapeWriter writer = new TapeWriter(tape)) {
            int longest = made.stream().mapToInt(List::size).max().orElse(0);
            for (int at = 0; at < longest; at++) {
                for (List<SessionRecord> session : made) {
                    if (at < session.size()) {
                        writer.append(session.get(at), 0);
                    }
                }
            }
        }
        return made;
    }

    /** One session over so many reels. */
    List<SessionRecord> sessionOver(int reels) {
        List<SessionRecord> records = session();
        spread(records, reels);
        return records;
    }

    void spread(List<SessionRecord> records, int reels) {
        int each = records.size() / reels;
        String last = "";
        Bytes head = Bytes.EMPTY;
        for (int reel = 0; reel < reels; reel++) {
            int from = reel * each;
            int to = reel == reels - 1 ? records.size() : from + each;
            try (TapeWriter writer = new TapeWriter(tape)) {
                if (reel > 0) {
                    writer.append(continued(records, from, head, last), 0);
                }
                records.subList(from, to).forEach(record -> writer.append(record, 0));
                head = writer.chainHead(records.get(0).session());
                last = writer.reel();
            }
        }
    }

    /** As a recorder that was killed: the records of a session are there, no end and no seal. */
    List<SessionRecord> leaveOpen() {
        List<SessionRecord> records = unfinished(session());
        TapeWriter writer = new TapeWriter(tape);
        records.forEach(record -> writer.append(record, 0));
        writer.abandon();
        return records;
    }

    /** How a session goes on behind what a writer has of it. */
    Continued continuation(List<SessionRecord> records, TapeWriter writer) {
        return continued(records, records.size(), writer.chainHead(id(records)), writer.reel());
    }

    private static Continued continued(List<SessionRecord> records, int from, Bytes head, String reel) {
        long next = 1
                + records.subList(0, from).stream()
                        .filter(FrameRecorded.class::isInstance)
                        .count();
        return new Continued((Opened) records.get(0), new SystemClock().pair(), next, head, reel);
    }

    /** With frames enough to be cut into parts. */
    List<SessionRecord> session() {
        List<SessionRecord> records = Sessions.random(random);
        while (records.size() < 12) {
            records = Sessions.random(random);
        }
        return records;
    }

    static SessionId id(List<SessionRecord> session) {
        return session.get(0).session();
    }

    /** All but the end. */
    static List<SessionRecord> unfinished(List<SessionRecord> session) {
        return session.stream().filter(record -> !(record instanceof Closed)).toList();
    }

    List<SessionRecord> read(SessionId id) {
        return RecordedSession.load(tape.session(id)).records();
    }

    /** All that is sealed. */
    void pack() {
        Packing packing = new Packing(tape);
        for (String reel : packing.due(Duration.ZERO, Instant.now())) {
            assertThat(packing.pack(reel)).isPresent();
        }
    }

    VerifyReport verify() {
        return Verification.of(tape, Progress.NONE);
    }

    /** Every file with a byte in it. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(tape.directory())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file has these bytes somewhere. */
    static boolean holds(Path file, byte[] wanted) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
