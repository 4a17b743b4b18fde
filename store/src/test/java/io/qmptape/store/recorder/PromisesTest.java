package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.handover.Standing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.DelegatingReels;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Pruning;
import io.qmptape.store.care.RetentionLimits;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.recorder.ChildProcess.Work;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.testkit.Installed;
import io.qmptape.testkit.ManualClock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tape promises beside being there: order, room, privacy. */
@Timeout(120)
final class PromisesTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void keepsTheOrderOfSessionsAndReelsWhereTheClockIsSetBack() {
        Tape tape = tape();
        SessionId first = SessionId.random();
        SessionId second = SessionId.random();
        try (TapeFeed feed = new TapeFeed(tape, clock, options().withReelBytes(1), new Counts())) {
            SessionScribe one = open(feed, first);
            read(one, first, "{\"execute\": \"one\"}");
            clock.advance(Duration.ofSeconds(2));
            clock.step(Duration.ofHours(-1));
            read(one, first, "{\"execute\": \"two\"}");
            feed.clockRead(clock.pair());
            SessionScribe other = open(feed, second);
            one.closed(new Traffic.Closed(first, clock.nanos(), CloseCause.CLIENT_LEFT));
            other.closed(new Traffic.Closed(second, clock.nanos(), CloseCause.CLIENT_LEFT));
        }

        List<SessionRecord> records = RecordedSession.load(tape.session(first)).records();
        assertThat(tape.reelNames()).hasSizeGreaterThan(3);
        assertThat(tape.sessions()).extracting(SessionSummary::id).containsExactly(first, second);
        assertThat(tape.find("latest").id()).isEqualTo(second);
        assertThat(records).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        assertThat(records)
                .filteredOn(ClockRead.class::isInstance)
                .singleElement()
                .satisfies(record ->
                        assertThat(((ClockRead) record).clock().wall()).isBefore(ManualClock.START));
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    @Test
    void staysWithinItsBudgetForAYear() {
        Tape tape = tape();
        RetentionLimits budget = RetentionLimits.none().withBytes(2_000_000);
        SessionId session = SessionId.random();
        try (TapeFeed feed = new TapeFeed(tape, clock, options(), new Counts())) {
            SessionScribe scribe = open(feed, session);
            for (int day = 0; day < 365; day++) {
                for (int i = 0; i < 100; i++) {
                    read(scribe, session, "{\"execute\": \"" + "x".repeat(500) + "\"}");
                }
                clock.advance(Duration.ofDays(1));
                Pruning.of(tape, budget, clock.pair().wall());
                // the budget, and what a new reel takes before anyone looks
                assertThat(Pruning.diskBytes(tape.reels())).as("day %d", day).isLessThan(2_000_000 + 1_600_000);
            }
            scribe.closed(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT));
        }

        assertThat(tape.ledger().read().removed()).hasSizeGreaterThan(300);
        assertThat(RecordedSession.load(tape.session(session)).frames()).hasSizeBetween(500, 4_000);
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077", "777"})
    void isItsOwnersAloneWhateverTheUmask(String umask) throws Exception {
        Path tape = directory.resolve("tape");
        try (ChildProcess child = ChildProcess.startWithUmask(umask, tape, new Work(2, 20, 2_000))) {
            child.end();
        }

        try (Stream<Path> all = Files.walk(tape)) {
            assertThat(all)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(path -> assertThat(mode(path))
                            .as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"each", "never"})
    void makesTheSystemCallsThatOutliveAPowerCut(String how) throws Exception {
        Installed.require("strace", "strace");
        Path calls = directory.resolve("calls");
        Work work = new Work(1, 50, 64 << 20);
        try (ChildProcess child =
                ChildProcess.startTraced(calls, how.equals("each"), directory.resolve("tape"), work)) {
            child.end();
        }

        List<String> lines = Files.readAllLines(calls);
        long told = 0;
        long forcedFirst = 0;
        boolean isForced = false;
        for (String line : lines) {
            if (line.contains("fdatasync(") && line.contains(".cq4")) {
                isForced = true;
            } else if (line.matches(".*write\\(1<.*, 4\\) += 4")) {
                told++;
                forcedFirst += isForced ? 1 : 0;
                isForced = false;
            }
        }
        assertThat(told).isEqualTo(52);
        assertThat(forcedFirst).isEqualTo(how.equals("each") ? 52 : 0);
    }

    @Test
    void forcesAReelToTheDiskBeforeItLeavesIt() {
        List<Integer> unforced = new ArrayList<>();
        Tape tape = new Tape(directory.resolve("tape"), new WatchedReels(unforced::add));
        RecorderOptions options = options().withReelBytes(2_000).withSync(Duration.ofHours(1));
        SessionId session = SessionId.random();
        try (TapeFeed feed = new TapeFeed(tape, clock, options, new Counts())) {
            SessionScribe scribe = open(feed, session);
            for (int i = 0; i < 100; i++) {
                read(scribe, session, "{\"execute\": \"query-status\"}");
            }
        }

        assertThat(unforced).hasSizeGreaterThan(3).containsOnly(0);
    }

    /** Tells of each reel how much of it was not forced when it was closed. */
    private static final class WatchedReels extends DelegatingReels {
        private final IntConsumer unforced;

        WatchedReels(IntConsumer unforced) {
            this.unforced = unforced;
        }

        @Override
        public ReelWriter create(Path reel) {
            ReelWriter writer = super.create(reel);
            AtomicInteger waiting = new AtomicInteger();
            return new ReelWriter() {
                @Override
                public void append(Bytes record) {
                    writer.append(record);
                    waiting.incrementAndGet();
                }

                @Override
                public void sync() {
                    writer.sync();
                    waiting.set(0);
                }

                @Override
                public void close() {
                    unforced.accept(waiting.get());
                    writer.close();
                }
            };
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SessionScribe open(TapeFeed feed, SessionId session) {
        feed.append(Sessions.opened(session, clock.pair()), Standing.BEGINNING);
        return new SessionScribe(
                session, Judging.none(), new Redactor(Redaction.with(RedactionKey.random())), feed::append);
    }

    private void read(SessionScribe scribe, SessionId session, String text) {
        scribe.read(new Traffic.Read(session, Direction.CLIENT_TO_SERVER, clock.nanos(), Bytes.utf8(text), List.of()));
    }

    private Tape tape() {
        return new Tape(directory.resolve("tape"), new ChronicleReels());
    }

    private static RecorderOptions options() {
        return RecorderOptions.defaults().withFreeBytes(0);
    }
}
