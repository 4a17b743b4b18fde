package io.qmptape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.traffic.CloseCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of any script and any client. The seed in a test's name makes it again. */
final class RandomSessionsTest {
    private static final int PLAYS_A_SEED = 10;
    private static final Pattern MARKER = Pattern.compile("<([0-9]+)>");

    static IntStream seeds() {
        return IntStream.range(0, 250);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAsRecordedHoweverTheClientsBytesAreCut(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLAYS_A_SEED; i++) {
            RandomSession session = session(random, random.nextBoolean());
            Script script = session.script();
            Bytes client = Bytes.join(session.recordedMessages());

            Conversation one = play(script, client, random);
            Conversation other = play(script, client, random);

            assertThat(one.output().text()).isEqualTo(session.recordedAnswers());
            assertThat(other.output()).isEqualTo(one.output());
            assertThat(one.isFinished()).isTrue();
            assertThat(other.isFinished()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersWithTheIdsOfTheLiveClient(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLAYS_A_SEED; i++) {
            RandomSession session = session(random, random.nextBoolean());
            RandomSession.Live live = session.withOtherIds();

            Conversation played = play(session.script(), Bytes.utf8(live.messages()), random);

            assertThat(played.output().text()).isEqualTo(live.answers());
            assertThat(played.isFinished()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void letsAClientThatDoesNotPipelineThrough(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLAYS_A_SEED; i++) {
            RandomSession session = session(random, true);
            WaitingClient client = new WaitingClient(session.script());

            boolean isThrough = client.talk(frames(session));

            assertThat(isThrough).as("no reply was missing").isTrue();
            assertThat(client.conversation().output().text()).isEqualTo(session.recordedAnswers());
            assertThat(client.conversation().isFinished()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersNothingThatWasNotAsked(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLAYS_A_SEED; i++) {
            RandomSession session = session(random, random.nextBoolean());
            Conversation conversation = new Conversation(session.script());

            assertThat(answered(conversation.connect())).isEmpty();
            for (int number = 0; number < session.messages(); number++) {
                Bytes said = conversation.send(session.recordedMessages().get(number));
                assertThat(answered(said.text()))
                        .isSubsetOf(IntStream.rangeClosed(0, number).boxed().toList());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsFromABrokenClientInTheSameWayHoweverItsBytesAreCut(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLAYS_A_SEED; i++) {
            RandomSession session = session(random, random.nextBoolean());
            Script script = session.script();
            byte[] broken = Bytes.join(session.recordedMessages()).toArray();
            for (int hits = broken.length == 0 ? 0 : 1 + random.nextInt(3); hits > 0; hits--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }

            Conversation one = play(script, Bytes.copyOf(broken), random);
            Conversation other = play(script, Bytes.copyOf(broken), random);

            assertThat(one.isClosed()).isTrue();
            assertThat(other.output()).isEqualTo(one.output());
            assertThat(other.divergence()).isEqualTo(one.divergence());
        }
    }

    /** The numbers of the messages that these replies answer. */
    private static List<Integer> answered(String said) {
        return MARKER.matcher(said)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static RandomSession session(Random random, boolean isUsual) {
        CloseCause cause = random.nextBoolean() ? CloseCause.CLIENT_LEFT : CloseCause.SERVER_LEFT;
        return new RandomSession(random, new RandomSession.Shape(isUsual, cause));
    }

    private static Conversation play(Script script, Bytes client, Random random) {
        Conversation conversation = new Conversation(script);
        conversation.connect();
        int longest = 1 + random.nextInt(80);
        for (int at = 0; at < client.length(); ) {
            int end = Math.min(client.length(), at + 1 + random.nextInt(longest));
            conversation.send(client.slice(at, end));
            at = end;
        }
        conversation.leave();
        return conversation;
    }

    private static List<Delimited> frames(RandomSession session) {
        FrameSplitter splitter = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        List<Delimited> frames = new ArrayList<>();
        splitter.accept(Bytes.join(session.recordedMessages()), 0, List.of(), frames::add);
        splitter.finish(frames::add);
        return frames;
    }
}
