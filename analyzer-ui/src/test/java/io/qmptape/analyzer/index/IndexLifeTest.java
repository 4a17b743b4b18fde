package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexLifeTest {
    @TempDir
    Path directory;

    private RecordedTape tape;

    @BeforeEach
    void record() {
        tape = new RecordedTape(directory.resolve("tape"));
    }

    @AfterEach
    void end() {
        tape.close();
    }

    private LuceneIndex open() {
        return LuceneIndex.open(directory.resolve("cache"), tape.tape());
    }

    private Path indexDirectory() {
        return directory.resolve("cache").resolve(tape.tape().identity().id().toString());
    }

    private static Frames pipelined() {
        return Frames.ofMachine("m")
                .server("{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 1, \"major\": 9}}}}")
                .client("{\"execute\": \"stop\", \"id\": {\"n\": 1}}")
                .client("{\"execute\": \"cont\", \"id\": \"2\"}")
                .client("{\"execute\": \"query-name\"}")
                .client("]")
                .client("[1]")
                .server("{\"return\": {}, \"id\": \"2\"}")
                .server("{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, expecting value\"}}")
                .server("{\"return\": {}, \"id\": {\"n\": 1}}")
                .server("{\"return\": {\"name\": \"x\"}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 6, 7, 9})
    void goesOnWhereItStopped(int already) {
        Frames session = pipelined();
        List<FrameRecorded> frames = session.frames();
        tape.append(List.of(session.opened())).append(frames.subList(0, already));
        try (LuceneIndex index = open()) {
            index.catchUp();
        }
        tape.append(frames.subList(already, frames.size()));

        try (LuceneIndex index = open()) {
            assertThat(index.search("", 0, 1).total()).isEqualTo(already);
            index.catchUp();

            assertThat(index.sessions()).isEqualTo(tape.tape().sessions());
            assertThat(index.indexedRecords()).isEqualTo(11);
            assertThat(index.search("", 0, 100).rows())
                    .extracting(MessageRow::pair)
                    .containsExactly(
                            OptionalLong.empty(),
                            OptionalLong.of(9),
                            OptionalLong.of(7),
                            OptionalLong.of(10),
                            OptionalLong.of(8),
                            OptionalLong.empty(),
                            OptionalLong.of(3),
                            OptionalLong.of(5),
                            OptionalLong.of(2),
                            OptionalLong.of(4));
        }
    }

    @Test
    void takesUpReelsThatCameLater() {
        tape.appendWhole(pipelined());
        try (LuceneIndex index = open()) {
            index.catchUp();
        }

        try (RecordedTape second = new RecordedTape(directory.resolve("tape"));
                LuceneIndex index = open()) {
            second.appendWhole(pipelined());
            index.catchUp();

            assertThat(index.sessions()).hasSize(2);
            assertThat(index.search("", 0, 1).total()).isEqualTo(20);
        }
    }

    @Test
    void isBuiltAnewWhenItWasDeleted() throws IOException {
        tape.appendWhole(pipelined());
        try (LuceneIndex index = open()) {
            index.catchUp();
        }
        try (Stream<Path> files = Files.list(indexDirectory())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertIsWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_", ".cfs", ".fdt", ".si"})
    void isBuiltAnewWhenAFileIsCut(String name) throws IOException {
        tape.appendWhole(pipelined());
        try (LuceneIndex index = open()) {
            index.catchUp();
        }
        try (Stream<Path> files = Files.list(indexDirectory())) {
            for (Path file :
                    files.filter(path -> path.toString().contains(name)).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        assertIsWhole();
    }

    @Test
    void isBuiltAnewWhenItIsOfAnotherVersion() throws IOException {
        tape.appendWhole(pipelined());
        open().close();
        try (FSDirectory files = FSDirectory.open(indexDirectory());
                IndexWriter writer = new IndexWriter(files, new IndexWriterConfig(null))) {
            writer.addDocument(new Document());
            writer.setLiveCommitData(Map.of("version", "0").entrySet());
            writer.commit();
        }

        assertIsWhole();
    }

    @Test
    void isBuiltAnewWhenAReelIsGone() throws IOException {
        try (RecordedTape pruned = new RecordedTape(directory.resolve("tape"))) {
            pruned.appendWhole(pipelined());
        }
        tape.appendWhole(pipelined());
        try (LuceneIndex index = open()) {
            index.catchUp();
            assertThat(index.sessions()).hasSize(2);
        }
        String pruned = tape.tape().reelNames().get(1);
        try (Stream<Path> files = Files.walk(directory.resolve("tape/reels").resolve(pruned))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertIsWhole();
    }

    @Test
    void letsASecondOpenerReadWhatIsCommitted() {
        Frames session = pipelined();
        tape.append(List.of(session.opened())).append(session.frames().subList(0, 4));
        try (LuceneIndex first = open()) {
            first.catchUp();
            try (LuceneIndex second = open()) {
                assertThat(first.isFollowing()).isTrue();
                assertThat(second.isFollowing()).isFalse();
                second.start();
                second.catchUp();
                assertThat(second.search("", 0, 1).total()).isEqualTo(4);
                assertThat(second.indexedRecords()).isEqualTo(5);

                tape.append(session.frames().subList(4, 10));
                first.catchUp();

                assertThat(second.search("", 0, 1).total()).isEqualTo(10);
                assertThat(second.indexedRecords()).isEqualTo(11);
            }
        }
        try (LuceneIndex third = open()) {
            assertThat(third.isFollowing()).isTrue();
        }
    }

    @Test
    void commitsWhatItFollowed() {
        try (LuceneIndex index = open()) {
            index.start();
            tape.appendWhole(pipelined());
            Eventually.holds(() -> index.indexedRecords() == 12);
        }

        try (LuceneIndex index = open()) {
            assertThat(index.search("", 0, 1).total()).isEqualTo(10);
        }
    }

    @Test
    void saysThatThereIsNoTape() {
        Tape missing = new Tape(directory.resolve("nothing"), new ChronicleReels());

        assertThatThrownBy(() -> LuceneIndex.open(directory.resolve("cache"), missing))
                .isInstanceOf(TapeException.class);
    }

    private void assertIsWhole() {
        try (LuceneIndex index = open()) {
            assertThat(index.isFollowing()).isTrue();
            index.catchUp();
            assertThat(index.search("", 0, 1).total()).isEqualTo(10);
            assertThat(index.sessions()).hasSize(1);
            SessionId id = index.sessions().get(0).id();
            assertThat(index.message(id, 2)).isPresent();
        }
    }
}
