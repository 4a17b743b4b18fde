package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.care.Deletion;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.traffic.CloseCause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is taken off the tape must not be found any more, nor what stays be found twice. */
class DeletedSessionsTest {
    @TempDir
    Path directory;

    private final Frames kept = session("web", "query-status");
    private final Frames gone = session("db", "query-block");
    private Tape tape;

    @BeforeEach
    void record() {
        tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        try (TapeWriter writer = new TapeWriter(tape)) {
            for (Frames session : List.of(kept, gone)) {
                records(session).forEach(record -> writer.append(record, 0));
            }
        }
    }

    @Test
    void areNotFoundByAnIndexThatCatchesUp() {
        try (LuceneIndex index = open()) {
            index.catchUp();
            assertThat(index.search("command:query-block", 0, 10).total()).isPositive();

            Deletion.of(tape, gone.opened().session());
            index.catchUp();

            assertOnlyKept(index);
        }
        try (LuceneIndex index = open()) {
            index.catchUp();
            assertOnlyKept(index);
        }
    }

    @Test
    @Timeout(60)
    void areNotFoundByAnIndexThatFollows() {
        try (LuceneIndex index = open()) {
            index.catchUp();
            index.start();

            Deletion.of(tape, gone.opened().session());

            long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!isOnlyKept(index) && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
            assertOnlyKept(index);
        }
    }

    private void assertOnlyKept(LuceneIndex index) {
        assertThat(index.sessions())
                .extracting(SessionSummary::id)
                .containsExactly(kept.opened().session());
        assertThat(index.search("command:query-block", 0, 10).total()).isZero();
        assertThat(index.search("kind:command", 0, 10).total()).isEqualTo(1);
    }

    private boolean isOnlyKept(LuceneIndex index) {
        return index.sessions().size() == 1
                && index.search("kind:command", 0, 10).total() == 1
                && index.session(kept.opened().session()).isPresent();
    }

    private LuceneIndex open() {
        return LuceneIndex.open(directory.resolve("cache"), tape);
    }

    private static Frames session(String machine, String command) {
        return Frames.ofMachine(machine)
                .client("{\"execute\": \"" + command + "\"}")
                .server("{\"return\": {}}");
    }

    private static List<SessionRecord> records(Frames session) {
        List<SessionRecord> records = new ArrayList<>(List.of(session.opened()));
        records.addAll(session.frames());
        records.add(new Closed(
                session.opened().session(), Long.MAX_VALUE, CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY));
        return records;
    }
}
