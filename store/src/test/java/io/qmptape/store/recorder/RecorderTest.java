package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.DelegatingReels;
import io.qmptape.store.Placed;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecorderTest {
    @TempDir
    Path directory;

    private final SystemClock clock = new SystemClock();
    private final SessionId session = SessionId.random();

    @Test
    void recordsAConversation() {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        try (Recorder recorder = recorder(tape, options())) {
            recorder.start();
            open(recorder);
            read(recorder, Direction.SERVER_TO_CLIENT, "{\"QMP\": {}}\r\n");
            read(recorder, Direction.CLIENT_TO_SERVER, "{\"execute\":");
            read(recorder, Direction.CLIENT_TO_SERVER, "\"qmp_capabilities\"}\n");
            read(recorder, Direction.SERVER_TO_CLIENT, "{\"return\": {}}\r\n");
            close(recorder);
        }

        RecordedSession recorded = RecordedSession.load(tape.session(session));

        assertThat(recorded.frames())
                .extracting(FrameRecorded::message)
                .containsExactly(MessageKind.GREETING, MessageKind.COMMAND, MessageKind.SUCCESS);
        assertThat(recorded.frames().get(1).frame().marks()).hasSize(2);
        assertThat(recorded.closed().orElseThrow().serverRest()).isEqualTo(Bytes.utf8("\r\n"));
        assertThat(tape.sessions().get(0).cause()).contains(CloseCause.CLIENT_LEFT);
    }

    @Test
    void countsAsAGapWhatItsQueueCannotHold() {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        Recorder recorder = recorder(tape, options().withQueueBytes(1000));
        open(recorder);
        read(recorder, Direction.CLIENT_TO_SERVER, "{\"execute\": \"" + "a".repeat(500) + "\"}");
        read(recorder, Direction.CLIENT_TO_SERVER, "x".repeat(5000));
        read(recorder, Direction.CLIENT_TO_SERVER, "y".repeat(5000));
        close(recorder);
        recorder.start();
        recorder.close();

        List<SessionRecord> records =
                RecordedSession.load(tape.session(session)).records();

        assertThat(records).filteredOn(Gap.class::isInstance).singleElement().satisfies(record -> {
            Gap gap = (Gap) record;
            assertThat(gap.bytes()).isEqualTo(10_000);
            assertThat(gap.firstByte()).isEqualTo(515);
            assertThat(gap.reason()).isEqualTo("queue full");
        });
        assertThat(records.get(records.size() - 1)).isInstanceOf(SessionRecord.Closed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnWithANewReelWhenOneFails(boolean isMemoryFault) {
        AtomicBoolean isBroken = new AtomicBoolean();
        Tape tape = new Tape(directory.resolve("tape"), new BreakableReels(isBroken, isMemoryFault));
        Recorder recorder = recorder(tape, options());
        open(recorder);
        read(recorder, Direction.CLIENT_TO_SERVER, "{\"execute\": \"one\"}");
        recorder.start();
        awaitFrames(tape, 1);

        isBroken.set(true);
        read(recorder, Direction.CLIENT_TO_SERVER, "{\"execute\": \"lost\"}");
        awaitReelEnd();
        isBroken.set(false);
        read(recorder, Direction.CLIENT_TO_SERVER, "{\"execute\": \"three\"}");
        close(recorder);
        recorder.close();

        List<SessionRecord> records =
                RecordedSession.load(tape.session(session)).records();
        assertThat(tape.reelNames()).hasSize(2);
        assertThat(all(tape))
                .filteredOn(Continued.class::isInstance)
                .singleElement()
                .satisfies(record -> {
                    // what is missing is told by the gap behind it, which a crash may keep off the tape
                    assertThat(((Continued) record).nextSequence()).isEqualTo(2);
                    assertThat(((Continued) record).previousReel())
                            .isEqualTo(tape.reelNames().get(0));
                });
        assertThat(records).filteredOn(Gap.class::isInstance).singleElement().satisfies(record -> {
            assertThat(((Gap) record).bytes()).isEqualTo("{\"execute\": \"lost\"}".length());
            assertThat(((Gap) record).reason()).isEqualTo("tape failed");
        });
        assertThat(records)
                .filteredOn(FrameRecorded.class::isInstance)
                .extracting(record -> ((FrameRecorded) record).sequence())
                .containsExactly(1L, 3L);
    }

    private static List<SessionRecord> all(Tape tape) {
        List<SessionRecord> records = new ArrayList<>();
        try (TapeCursor cursor = tape.cursor(Map.of())) {
            for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                records.add(next.get().record());
            }
        }
        return records;
    }

    private final CountDownLatch failed = new CountDownLatch(1);

    private void awaitReelEnd() {
        try {
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitFrames(Tape tape, long frames) {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (tape.sessions().stream().mapToLong(s -> s.frames()).sum() < frames) {
            assertThat(System.nanoTime()).isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private Recorder recorder(Tape tape, RecorderOptions options) {
        Recorder.Means means =
                new Recorder.Means(Judging.none(), Redaction.with(RedactionKey.random()), clock, options);
        return new Recorder(tape, means);
    }

    private static RecorderOptions options() {
        return RecorderOptions.defaults()
                .withQueueBytes(1 << 20)
                .withFreeBytes(0)
                .withRetry(Duration.ZERO);
    }

    private void open(Recorder recorder) {
        recorder.seen(new Traffic.Opened(
                session, clock.pair(), Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u"));
    }

    private void read(Recorder recorder, Direction direction, String text) {
        recorder.seen(new Traffic.Read(session, direction, clock.nanos(), Bytes.utf8(text), List.of()));
    }

    private void close(Recorder recorder) {
        recorder.seen(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT));
    }

    private final class BreakableReels extends DelegatingReels {
        private final AtomicBoolean isBroken;

        private final boolean isMemoryFault;

        BreakableReels(AtomicBoolean isBroken, boolean isMemoryFault) {
            this.isBroken = isBroken;
            this.isMemoryFault = isMemoryFault;
        }

        @Override
        public ReelWriter create(Path reel) {
            ReelWriter writer = super.create(reel);
            return new ReelWriter() {
                @Override
                public void append(Bytes record) {
                    if (isBroken.get()) {
                        failed.countDown();
                        if (isMemoryFault) {
                            throw new InternalError("a fault occurred in an unsafe memory access operation");
                        }
                        throw new UncheckedIOException(new IOException("no space left"));
                    }
                    writer.append(record);
                }

                @Override
                public void sync() {
                    writer.sync();
                }

                @Override
                public void close() {
                    writer.close();
                }
            };
        }
    }
}
