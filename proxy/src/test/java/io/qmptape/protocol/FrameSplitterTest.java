package io.qmptape.protocol;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameSplitterTest {
    @Test
    void delimitsByNestingNotByLines() {
        Splitting.Result result = whole("{\"a\":\n1}{\"b\": [\r\n{}]}\r\n");

        assertThat(result.bodies()).containsExactly("{\"a\":\n1}", "{\"b\": [\r\n{}]}");
        assertThat(result.rest()).isEqualTo(Bytes.utf8("\r\n"));
    }

    @Test
    void givesWhiteSpaceToTheFrameAfterIt() {
        Splitting.Result result = whole("{}\r\n  {}");

        assertThat(result.frames().get(1).bytes()).isEqualTo(Bytes.utf8("\r\n  {}"));
    }

    @Test
    void takesSingleQuotedStrings() {
        Splitting.Result result = whole("{'execute':'a\"}b'}");

        assertThat(result.kinds()).containsExactly(FrameKind.MESSAGE);
    }

    @Test
    void keepsBytesOfGarbageBetweenMessages() {
        Splitting.Result result = whole("{}BAD stuff\n{}");

        assertThat(result.kinds())
                .containsExactly(FrameKind.MESSAGE, FrameKind.NOISE, FrameKind.SKIPPED, FrameKind.MESSAGE);
        assertThat(result.bodies()).containsExactly("{}", "B", "AD stuff", "{}");
    }

    @Test
    void endsNoiseAtItsBadByteBecauseQemuAnswersThere() {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();

        splitter.accept(Bytes.utf8("{\"execute\": X"), 1, List.of(), frames::add);

        assertThat(frames).extracting(Delimited::kind).containsExactly(FrameKind.NOISE);
    }

    @Test
    void splitsZeroWithExponentIntoThreeAsQemuDoes() {
        Splitting.Result result = whole("0e1 ");

        assertThat(result.bodies()).containsExactly("0", "e", "1");
        assertThat(result.kinds()).containsExactly(FrameKind.MESSAGE, FrameKind.NOISE, FrameKind.MESSAGE);
    }

    @Test
    void takesInfinityFromServersOnly() {
        assertThat(whole("{\"id\": inf}").kinds()).containsExactly(FrameKind.NOISE);
        assertThat(Splitting.whole(SERVER_TO_CLIENT, Bytes.utf8("{\"id\": -inf}"))
                        .kinds())
                .containsExactly(FrameKind.MESSAGE);
    }

    @Test
    void callsWhatTheEndCutsShortUnfinished() {
        Splitting.Result result = whole("{} {\"execute\": \"qu");

        assertThat(result.kinds()).containsExactly(FrameKind.MESSAGE, FrameKind.UNFINISHED);
    }

    @Test
    void cutsAMessageOfMoreThan64MiB() {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();
        Bytes megabyte = Bytes.utf8("x".repeat(1 << 20));

        splitter.accept(Bytes.utf8("{\"a\": \""), 1, List.of(), frames::add);
        for (int i = 0; i < 64; i++) {
            splitter.accept(megabyte, 2 + i, List.of(), frames::add);
        }

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).kind()).isEqualTo(FrameKind.NOISE);
    }

    @Test
    void boundsWhatEndlessBlanksCanHold() {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();
        Bytes megabyte = Bytes.utf8(" ".repeat(1 << 20));

        for (int i = 0; i < 130; i++) {
            splitter.accept(megabyte, i, List.of(), frames::add);
        }

        assertThat(frames).hasSize(1);
        assertThat(splitter.rest().length()).isEqualTo(2 << 20);
    }

    @Test
    void boundsTheMarksOfAMessageThatComesByteByByte() {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();
        Bytes message = Bytes.utf8("[" + "1,".repeat(5000) + "1]");

        for (int i = 0; i < message.length(); i++) {
            splitter.accept(message.slice(i, i + 1), i, List.of(), frames::add);
        }

        List<Mark> marks = frames.get(0).marks();
        assertThat(marks).hasSize(OpenFrame.MAX_MARKS);
        assertThat(marks.get(marks.size() - 1).atNanos()).isEqualTo(message.length() - 1);
    }

    @Test
    void marksWhereEachReadBegan() {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();

        splitter.accept(Bytes.utf8("{\"a\""), 10, List.of(), frames::add);
        splitter.accept(Bytes.utf8(": 1}{"), 20, List.of(DescriptorKind.FILE), frames::add);
        splitter.accept(Bytes.utf8("}"), 30, List.of(), frames::add);

        assertThat(frames.get(0).marks())
                .containsExactly(Mark.at(0, 10), new Mark(4, 20, List.of(DescriptorKind.FILE)));
        assertThat(frames.get(1).marks()).containsExactly(Mark.at(0, 20), Mark.at(1, 30));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void framesJoinedEqualTheInputUnderAnyChunking(int seed) {
        Random random = new Random(seed);
        Bytes stream = MalformedStreams.random(random);

        for (Direction direction : Direction.values()) {
            Splitting.Result whole = Splitting.whole(direction, stream);
            Splitting.Result chunked = Splitting.chunked(direction, stream, random);

            assertThat(chunked.joined()).isEqualTo(stream);
            assertThat(chunked.frames().stream().map(Delimited::bytes))
                    .containsExactlyElementsOf(
                            whole.frames().stream().map(Delimited::bytes).toList());
            assertThat(chunked.kinds()).isEqualTo(whole.kinds());
            assertThat(chunked.rest()).isEqualTo(whole.rest());
        }
    }

    /** The tokens that a splitter has seen on the way are those of the frame. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsInAFrameWhatStandsInItsBytes(int seed) {
        Random random = new Random(seed);
        Bytes stream = MalformedStreams.random(random);

        for (Direction direction : Direction.values()) {
            for (Delimited cut : Splitting.chunked(direction, stream, random).frames()) {
                Optional<Json> read =
                        cut.kind() == FrameKind.MESSAGE ? JsonReader.read(cut.bytes(), direction) : Optional.empty();
                assertThat(cut.json()).isEqualTo(read);
            }
        }
    }

    private static Splitting.Result whole(String text) {
        return Splitting.whole(CLIENT_TO_SERVER, Bytes.utf8(text));
    }
}
