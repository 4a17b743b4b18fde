package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"return\": {}}                                                  | {}",
                "{\"return\": [1, 2]}                                              | 2 items",
                "{\"return\": [{}]}                                                | 1 item",
                "{\"return\": \"a\\r\\nb\"}                                        | a··b",
                "{\"return\": {\"status\": \"running\", \"running\": true}}        | status=running running=true",
                "{\"return\": {\"a\": {\"b\": 1, \"c\": {}}, \"d\": [1], \"e\": null}} | a.b=1 a.c={} d=[1 item] e=null",
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}      | GenericError: no",
                "{\"event\": \"X\", \"data\": {\"id\": \"job0\"}}                  | id=job0",
                "{\"other\": 1}                                                    | other=1",
            })
    void sumsUpWhatAServerSent(String json, String expected) {
        assertThat(contents(Frames.ofMachine("m").server(json))).isEqualTo(expected);
    }

    @Test
    void showsNothingOfACommandWithoutArguments() {
        assertThat(contents(Frames.ofMachine("m").client("{\"execute\": \"x\"}")))
                .isEmpty();
    }

    @Test
    void showsNoiseAsPrintableText() {
        Bytes noise = Bytes.lend(new byte[] {0, (byte) 0xFF, 27, '@', 'b'});

        Frame frame = new Frame(1, Direction.CLIENT_TO_SERVER, FrameKind.NOISE, noise, List.of(Mark.at(0, 1)));

        assertThat(Contents.of(frame, new Message.Noise())).isEqualTo("···@b");
    }

    @Test
    void hidesWhatTurnsTextAround() {
        assertThat(contents(Frames.ofMachine("m").server("{\"return\": \"a\\u202eb\"}")))
                .isEqualTo("a·b");
    }

    @Test
    void cutsLongLinesBetweenCharacters() {
        String emoji = "😀".repeat(300);

        String line = contents(Frames.ofMachine("m").server("{\"return\": {\"x\": \"" + emoji + "\"}}"));

        assertThat(line).hasSizeLessThanOrEqualTo(200).startsWith("x=😀").endsWith("😀…");
    }

    private static String contents(Frames session) {
        FrameRecorded recorded = session.frames().get(0);
        return Contents.of(recorded.frame(), recorded.read());
    }
}
