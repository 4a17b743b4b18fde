package io.qmptape.replay;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.FrameSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections to QEMU 7.2.22 and its guest agent, played to clients that send what the recorded ones sent. */
final class RealTrafficTest {
    static Stream<String> recordings() {
        return Stream.of(
                "i-qmp-shell-1.jsonl",
                "i-qmp-shell-3.jsonl",
                "i-qmp-shell-8.jsonl",
                "c-blockjobs-1.jsonl",
                "e-pretty-1.jsonl",
                "f-qga-1.jsonl");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void playsToAClientThatSendsAllAtOnce(String name) {
        Recording recording = Recording.ofResource(name);
        Conversation conversation = new Conversation(recording.script());

        conversation.connect();
        conversation.send(recording.stream(CLIENT_TO_SERVER));
        conversation.leave();

        assertPlayed(conversation, recording);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void playsToAClientThatSendsByteByByte(String name) {
        Recording recording = Recording.ofResource(name);
        Conversation conversation = new Conversation(recording.script());
        Bytes all = recording.stream(CLIENT_TO_SERVER);

        conversation.connect();
        for (int i = 0; i < all.length(); i++) {
            conversation.send(all.slice(i, i + 1));
        }
        conversation.leave();

        assertPlayed(conversation, recording);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void playsToAClientThatSendsLineByLine(String name) {
        Recording recording = Recording.ofResource(name);
        Conversation conversation = new Conversation(recording.script());

        conversation.connect();
        for (Delimited frame : frames(recording)) {
            conversation.send(Bytes.join(List.of(frame.bytes(), Bytes.utf8("\n"))));
        }
        conversation.leave();

        assertPlayed(conversation, recording);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void playsToAClientThatWaitsForEachReplyLine(String name) {
        Recording recording = Recording.ofResource(name);
        WaitingClient client = new WaitingClient(recording.script());

        boolean isThrough = client.talk(frames(recording));

        assertThat(isThrough).as("no reply was missing").isTrue();
        assertPlayed(client.conversation(), recording);
    }

    private static void assertPlayed(Conversation conversation, Recording recording) {
        assertThat(conversation.divergence()).isEmpty();
        assertThat(conversation.isFinished()).isTrue();
        assertThat(conversation.output().text())
                .isEqualTo(recording.stream(SERVER_TO_CLIENT).text());
        assertThat(conversation.output()).isEqualTo(recording.stream(SERVER_TO_CLIENT));
    }

    private static List<Delimited> frames(Recording recording) {
        FrameSplitter splitter = new FrameSplitter(CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();
        splitter.accept(recording.stream(CLIENT_TO_SERVER), 0, List.of(), frames::add);
        splitter.finish(frames::add);
        return frames;
    }
}
