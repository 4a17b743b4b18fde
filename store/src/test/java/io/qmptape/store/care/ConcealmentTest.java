package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcealmentTest {
    private static final String SECRET = "correct-horse-battery";
    private static final String COMMAND =
            "{\"execute\": \"set_password\", \"arguments\": {\"protocol\": \"vnc\", \"password\": \"" + SECRET + "\"}}";

    @TempDir
    Path directory;

    private final SystemClock clock = new SystemClock();
    private final SessionId clear = SessionId.random();
    private final SessionId other = SessionId.random();

    @Test
    void leavesNoSecretInAnyFileAndASoundTape() {
        TapeStand stand = new TapeStand(directory.resolve("tape"), 1);
        record(stand.tape);
        List<FrameRecorded> untouched = frames(stand.tape, other);
        assertThat(stand.files()).anyMatch(ConcealmentTest::hasSecret);

        long masked = Concealment.of(stand.tape, clear, Redaction.with(RedactionKey.random()));

        assertThat(masked).isEqualTo(1);
        assertThat(stand.files()).noneMatch(ConcealmentTest::hasSecret);
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(frames(stand.tape, other)).isEqualTo(untouched);
        List<FrameRecorded> frames = frames(stand.tape, clear);
        assertThat(frames).extracting(FrameRecorded::sequence).containsExactly(1L, 2L, 3L);
        assertThat(frames.get(1).masked()).hasSize(1);
        assertThat(stand.tape.ledger().read().removed()).singleElement().satisfies(stone -> {
            assertThat(stone.why()).isEqualTo("redacted");
            assertThat(stone.removed())
                    .singleElement()
                    .satisfies(part -> assertThat(part.session()).isEqualTo(clear));
        });
    }

    @Test
    void changesNothingTheSecondTime() {
        TapeStand stand = new TapeStand(directory.resolve("tape"), 2);
        record(stand.tape);
        Redaction redaction = Redaction.with(RedactionKey.random());
        Concealment.of(stand.tape, clear, redaction);
        String head = stand.verify().head();

        assertThat(Concealment.of(stand.tape, clear, redaction)).isZero();
        assertThat(stand.verify().head()).isEqualTo(head);
    }

    @Test
    void reachesAllReelsOfASession() {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        TapeStand stand = new TapeStand(tape.directory(), 3);
        stand.spread(records(), 3);
        assertThat(tape.reelNames()).hasSize(3);

        Concealment.of(tape, clear, Redaction.with(RedactionKey.random()));

        assertThat(stand.files()).noneMatch(ConcealmentTest::hasSecret);
        assertThat(tape.ledger().read().removed()).extracting(Removed::why).containsOnly("redacted");
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void refusesASessionOfWhichSomeLiesInAReelWithoutASeal() throws IOException {
        TapeStand stand = new TapeStand(directory.resolve("tape"), 4);
        stand.spread(records(), 3);
        Files.delete(stand.tape.reels().path(stand.tape.reelNames().get(1)).resolve("seal"));

        assertThatThrownBy(() -> Concealment.of(stand.tape, clear, Redaction.with(RedactionKey.random())))
                .isInstanceOf(TapeException.class)
                .hasMessageContainingAll(stand.tape.reelNames().get(1), "has lost its seal", "qmptape repair");
        assertThat(stand.tape.ledger().read().removed()).isEmpty();

        Repair.of(stand.tape, clock);
        Concealment.of(stand.tape, clear, Redaction.with(RedactionKey.random()));
        assertThat(stand.files()).noneMatch(ConcealmentTest::hasSecret);
    }

    private List<SessionRecord> records() {
        Tape scratch = new Tape(directory.resolve("scratch"), new ChronicleReels());
        record(scratch);
        return RecordedSession.load(scratch.session(clear)).records();
    }

    private void record(Tape tape) {
        try (TapeWriter writer = new TapeWriter(tape)) {
            Scribes scribes = new Scribes(Judging.none(), Redaction.none(), record -> writer.append(record, 0));
            for (SessionId session : List.of(clear, other)) {
                scribes.open(
                        new Traffic.Opened(
                                session,
                                clock.pair(),
                                Machine.named("vm"),
                                Peer.UNKNOWN,
                                Peer.UNKNOWN,
                                "unix:/l",
                                "unix:/u"),
                        "recorded");
                say(scribes, session, "{\"execute\": \"query-status\"}");
                say(scribes, session, session.equals(clear) ? COMMAND : "{\"execute\": \"stop\"}");
                say(scribes, session, "{\"execute\": \"cont\"}");
                scribes.accept(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT));
            }
        }
    }

    private void say(Scribes scribes, SessionId session, String text) {
        scribes.accept(
                new Traffic.Read(session, Direction.CLIENT_TO_SERVER, clock.nanos(), Bytes.utf8(text), List.of()));
    }

    private static boolean hasSecret(Path file) {
        return TapeStand.holds(file, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FrameRecorded> frames(Tape tape, SessionId id) {
        return RecordedSession.load(tape.session(id)).frames();
    }
}
