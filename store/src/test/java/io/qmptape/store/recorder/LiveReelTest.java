package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.handover.Standing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.care.Concealment;
import io.qmptape.store.care.Deletion;
import io.qmptape.store.care.Patience;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Recovery;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.testkit.ManualClock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that has ended is redacted or deleted although its recorder goes on writing the reel that it lies in. */
@Timeout(120)
final class LiveReelTest {
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    Path directory;

    private final SystemClock clock = new SystemClock();

    @Test
    void redactsASessionWithoutAGapInThoseThatGoOn() throws IOException {
        Tape tape = tape();
        SessionId over = SessionId.random();
        SessionId open = SessionId.random();
        List<String> told = new ArrayList<>();
        try (Recorder recorder = start(tape)) {
            open(recorder, over);
            open(recorder, open);
            say(recorder, open, "before");
            saySecret(recorder, over);
            end(recorder, over);
            awaitEnd(tape, over);
            String reel = tape.reelNames().get(0);

            long masked = Concealment.of(
                    tape, over, Redaction.with(RedactionKey.random()), new Patience(Duration.ofMinutes(1), told::add));

            assertThat(masked).isEqualTo(1);
            assertThat(told).containsExactly(reel);
            assertThat(holding(SECRET)).isEmpty();
            assertThat(tape.reels().isSealed(tape.reelNames().get(0))).isTrue();
            say(recorder, open, "after");
            end(recorder, open);
        }

        assertThat(texts(tape, open)).containsExactly(text("before"), text("after"));
        assertThat(tape.sessions()).allSatisfy(session -> {
            assertThat(session.gaps()).isZero();
            assertThat(session.cause()).contains(CloseCause.CLIENT_LEFT);
        });
        assertThat(tape.reelNames()).hasSize(2);
        assertThat(locks(tape)).isEmpty();
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    @Test
    void deletesTheOnlySessionAndBeginsAReelWithTheNextOne() throws IOException {
        Tape tape = tape();
        SessionId over = SessionId.random();
        SessionId next = SessionId.random();
        try (Recorder recorder = start(tape)) {
            open(recorder, over);
            saySecret(recorder, over);
            end(recorder, over);
            awaitEnd(tape, over);

            Deletion.of(tape, over);

            assertThat(tape.reels().all()).isEmpty();
            assertThat(holding(SECRET)).isEmpty();
            open(recorder, next);
            say(recorder, next, "hello");
            end(recorder, next);
        }

        assertThat(tape.sessions()).extracting(SessionSummary::id).containsExactly(next);
        assertThat(texts(tape, next)).containsExactly(text("hello"));
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    @Test
    void refusesASessionThatIsOpenAndDisturbsNobody() {
        Tape tape = tape();
        SessionId open = SessionId.random();
        try (Recorder recorder = start(tape)) {
            open(recorder, open);
            say(recorder, open, "hello");
            await(() -> frames(tape, open) == 1);

            assertThatThrownBy(() -> Deletion.of(tape, open))
                    .isInstanceOf(TapeException.class)
                    .hasMessageContainingAll(open.toString(), "still being recorded", "try again when it has ended");

            say(recorder, open, "hello again");
            end(recorder, open);
        }
        assertThat(tape.reelNames()).hasSize(1);
        assertThat(texts(tape, open)).hasSize(2);
    }

    @Test
    void saysWhichReelsRecorderDoesNotAnswerAndLeavesNoRequestBehind() throws IOException {
        Tape tape = tape();
        SessionId over = SessionId.random();
        TapeFeed hung = new TapeFeed(tape, clock, options(), new Counts());
        append(hung, over);
        String reel = tape.reelNames().get(0);

        assertThatThrownBy(() -> Deletion.of(tape, over, new Patience(Duration.ofMillis(200), name -> {})))
                .isInstanceOf(TapeException.class)
                .hasMessageContainingAll(reel, "did not end it within", over.toString(), "stays as it is");

        assertThat(locks(tape)).containsExactly(reel);
        hung.close();
        assertThat(tape.reelNames()).containsExactly(reel);
        assertThat(tape.sessions()).extracting(SessionSummary::id).containsExactly(over);
        assertThat(Deletion.of(tape, over)).isEqualTo(2);
    }

    @Test
    void endsAReelInTheMiddleOfAFlood() {
        Tape tape = tape();
        ManualClock hands = new ManualClock();
        SessionId session = SessionId.random();
        try (TapeFeed feed = new TapeFeed(tape, hands, options(), new Counts())) {
            feed.append(opened(session), Standing.BEGINNING);
            String reel = tape.reelNames().get(0);
            FileMutex request = tape.reels().requestEnd(reel);
            hands.advance(Duration.ofMillis(49));
            feed.clockRead(hands.pair());
            assertThat(tape.reelNames()).as("it looks now and then").containsExactly(reel);

            hands.advance(Duration.ofMillis(1));
            feed.clockRead(hands.pair());

            assertThat(tape.reels().isBeingWritten(reel)).isFalse();
            assertThat(tape.reels().isSealed(reel)).isTrue();
            assertThat(tape.reelNames()).hasSize(2);
            request.closeAndDelete();
        }
    }

    @Test
    void answersARequestOfADeadProcessOnceAtMost() throws IOException {
        Tape tape = tape();
        ManualClock hands = new ManualClock();
        SessionId session = SessionId.random();
        try (TapeFeed feed = new TapeFeed(tape, hands, options(), new Counts())) {
            feed.append(opened(session), Standing.BEGINNING);
            tape.reels().requestEnd(tape.reelNames().get(0)).close();
            for (int i = 0; i < 10; i++) {
                hands.advance(Duration.ofSeconds(1));
                feed.tick();
            }
            assertThat(tape.reelNames()).hasSize(2);
            assertThat(locks(tape)).hasSize(2);

            Recovery.of(tape, clock);

            assertThat(locks(tape)).containsExactly(tape.reelNames().get(1));
        }
    }

    @Test
    void keepsARequestItsOwnersAloneAndOnlyWhileSomebodyWaits() throws IOException {
        Tape tape = tape();
        SessionId over = SessionId.random();
        TapeFeed hung = new TapeFeed(tape, clock, options(), new Counts());
        append(hung, over);
        Path request =
                tape.directory().resolve("locks").resolve(tape.reelNames().get(0) + ".end");
        AtomicReference<String> mode = new AtomicReference<>("");
        Thread recorder = new Thread(() -> {
            await(() -> Files.exists(request));
            mode.set(mode(request));
            hung.close();
        });
        recorder.start();

        Deletion.of(tape, over);

        assertThat(mode.get()).isEqualTo("rw-------");
        assertThat(locks(tape)).isEmpty();
    }

    @Test
    void sealsTheReelOfARecorderThatDiesInsteadOfAnswering() {
        Tape tape = tape();
        SessionId over = SessionId.random();
        TapeWriter dying = new TapeWriter(tape);
        dying.append(opened(over), 0);
        dying.append(closed(over), 0);

        assertThat(Deletion.of(tape, over, new Patience(Duration.ofMinutes(1), reel -> dying.abandon())))
                .isEqualTo(2);

        assertThat(tape.reels().all()).isEmpty();
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    private void append(TapeFeed feed, SessionId over) {
        feed.append(opened(over), Standing.BEGINNING);
        feed.append(closed(over), Standing.BEGINNING);
    }

    private SessionRecord closed(SessionId session) {
        return new SessionRecord.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY);
    }

    private SessionRecord opened(SessionId session) {
        return Sessions.opened(session, clock.pair());
    }

    private Recorder start(Tape tape) {
        Recorder recorder = new Recorder(tape, new Recorder.Means(Judging.none(), Redaction.none(), clock, options()));
        recorder.start();
        return recorder;
    }

    private static RecorderOptions options() {
        return RecorderOptions.defaults().withFreeBytes(0);
    }

    private void open(Recorder recorder, SessionId session) {
        recorder.seen(new Traffic.Opened(
                session, clock.pair(), Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u"));
    }

    private void saySecret(Recorder recorder, SessionId session) {
        send(
                recorder,
                session,
                "{\"execute\": \"set_password\", \"arguments\": {\"protocol\": \"vnc\", \"password\": \"" + SECRET
                        + "\"}}");
    }

    private void say(Recorder recorder, SessionId session, String what) {
        send(recorder, session, text(what));
    }

    private static String text(String what) {
        return "{\"execute\": \"" + what + "\"}";
    }

    private void send(Recorder recorder, SessionId session, String text) {
        recorder.seen(
                new Traffic.Read(session, Direction.CLIENT_TO_SERVER, clock.nanos(), Bytes.utf8(text), List.of()));
    }

    private void end(Recorder recorder, SessionId session) {
        recorder.seen(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT));
    }

    private Tape tape() {
        return new Tape(directory.resolve("tape"), new ChronicleReels());
    }

    private static List<String> texts(Tape tape, SessionId session) {
        return RecordedSession.load(tape.session(session)).frames().stream()
                .map(frame -> frame.frame().bytes().text())
                .toList();
    }

    private static long frames(Tape tape, SessionId session) {
        List<SessionRecord> records = new ArrayList<>();
        tape.session(session).read(records::add);
        return records.stream().filter(FrameRecorded.class::isInstance).count();
    }

    private static void awaitEnd(Tape tape, SessionId session) {
        await(() -> tape.sessions().stream().anyMatch(summary -> summary.id().equals(session) && !summary.isOpen()));
    }

    private static void await(BooleanSupplier isSo) {
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private static List<String> locks(Tape tape) throws IOException {
        try (Stream<Path> locks = Files.list(tape.directory().resolve("locks"))) {
            return locks.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private List<Path> holding(String text) throws IOException {
        List<Path> holding = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
