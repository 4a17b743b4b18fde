package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Concealment;
import io.qmptape.store.care.Deletion;
import io.qmptape.store.care.Patience;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten recorders in ten processes go on, while sessions of theirs that have ended are cleaned. */
@Timeout(240)
final class ManyLiveRecordersTest {
    private static final int RECORDERS = 10;
    private static final int MESSAGES = 50;

    @TempDir
    Path directory;

    private final List<LiveChild> recorders = new ArrayList<>();
    private final Redaction redaction = Redaction.with(RedactionKey.random());

    @BeforeEach
    void startRecorders() throws IOException {
        for (int i = 0; i < RECORDERS; i++) {
            recorders.add(LiveChild.start(directory.resolve("tape"), i));
        }
        awaitEnds();
    }

    @AfterEach
    void killRecorders() {
        recorders.forEach(LiveChild::close);
    }

    @Test
    void onlyTheOneThatIsAskedEndsItsReel() throws Exception {
        Tape tape = tape();
        List<String> before = tape.reelNames();
        LiveChild asked = recorders.get(3);

        assertThat(Concealment.of(tape, asked.ended(), redaction)).isEqualTo(1);

        assertThat(before.stream().filter(tape.reels()::isBeingWritten)).hasSize(RECORDERS - 1);
        assertThat(tape.reelNames().stream().filter(tape.reels()::isBeingWritten))
                .hasSize(RECORDERS);
        assertThat(filesHolding(asked.secret())).isEmpty();
        assertThat(filesHolding(recorders.get(4).secret())).hasSize(1);
        endAndCheck();
    }

    @Test
    void allAreCleanedAtOnceAndNoneMissesAMessage() throws Exception {
        Tape tape = tape();
        // each says more in the very moment when it is asked
        Patience patience = new Patience(Duration.ofMinutes(2), reel -> nudgeAll());
        ExecutorService threads = Executors.newFixedThreadPool(RECORDERS);
        try {
            List<CompletableFuture<Long>> cleanings = new ArrayList<>();
            for (LiveChild recorder : recorders) {
                cleanings.add(CompletableFuture.supplyAsync(
                        () -> recorders.indexOf(recorder) % 2 == 0
                                ? Deletion.of(tape, recorder.ended(), patience)
                                : Concealment.of(tape, recorder.ended(), redaction, patience),
                        threads));
            }
            assertThat(cleanings).allSatisfy(done -> assertThat(done.join()).isPositive());
        } finally {
            threads.shutdown();
        }

        endAndCheck();
        for (LiveChild recorder : recorders) {
            assertThat(filesHolding(recorder.secret())).isEmpty();
        }
    }

    private void endAndCheck() throws Exception {
        nudgeAll();
        for (LiveChild recorder : recorders) {
            recorder.end();
        }
        Tape tape = tape();
        assertThat(tape.sessions()).allSatisfy(session -> {
            assertThat(session.gaps()).isZero();
            assertThat(session.isOpen()).isFalse();
        });
        for (LiveChild recorder : recorders) {
            assertThat(RecordedSession.load(tape.session(recorder.open())).frames())
                    .extracting(ManyLiveRecordersTest::text)
                    .isEqualTo(recorder.said());
        }
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
    }

    private static String text(FrameRecorded frame) {
        return frame.frame().bytes().text();
    }

    private void nudgeAll() {
        for (int message = 0; message < MESSAGES; message++) {
            recorders.forEach(LiveChild::nudge);
        }
    }

    private void awaitEnds() {
        long limit = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (tape().sessions().stream().filter(session -> !session.isOpen()).count() < RECORDERS) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private List<Path> filesHolding(String text) throws IOException {
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

    private Tape tape() {
        return new Tape(directory.resolve("tape"), new ChronicleReels());
    }
}
