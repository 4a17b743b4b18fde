package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.Recordings;
import io.qmptape.analyzer.query.Frames;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of block jobs, recorded from QEMU 7.2. */
class RealSessionTest {
    @TempDir
    Path directory;

    @Test
    void answersWhatAPersonAsks() {
        List<FrameRecorded> frames = Recordings.frames("c-blockjobs-1");
        Frames opening =
                new Frames(frames.get(0).session(), "lab", frames.get(0).atNanos());
        try (RecordedTape tape = new RecordedTape(directory.resolve("tape"));
                LuceneIndex index = LuceneIndex.open(directory.resolve("cache"), tape.tape())) {
            tape.append(List.of(opening.opened())).append(frames);

            index.catchUp();

            assertThat(index.search("", 0, 1).total()).isEqualTo(frames.size());
            assertThat(index.search("kind:event", 0, 1).total()).isEqualTo(274);
            assertThat(index.search("command:block*", 0, 1000).rows())
                    .isNotEmpty()
                    .allMatch(row -> row.name().startsWith("block"))
                    .anyMatch(row -> row.kind().word().equals("success"));
            assertThat(index.search("latency:>0us -kind:success -kind:failure", 0, 1)
                            .total())
                    .isZero();
            assertThat(index.search("kind:command", 0, 1000).rows())
                    .allMatch(row -> row.pair().isPresent());
            assertThat(index.sessions().get(0).qemuVersion()).isEqualTo("7.2.22");
        }
    }
}
