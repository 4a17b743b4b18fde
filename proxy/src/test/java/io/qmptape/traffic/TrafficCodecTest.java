package io.qmptape.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TrafficCodecTest {
    private static final SessionId SESSION = SessionId.parse("01020304-0506-0708-090a-0b0c0d0e0f10");

    @Test
    void laysOutAReadAsItsPageSays() {
        Traffic read = new Traffic.Read(
                SESSION, Direction.SERVER_TO_CLIENT, 258, Bytes.utf8("{}"), List.of(DescriptorKind.PIPE));

        Bytes encoded = TrafficCodec.encode(read);

        assertThat(encoded.toArray())
                .containsExactly(
                        2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0,
                        1, 0, 0, 0, 4, 'P', 'I', 'P', 'E', '{', '}');
    }

    @Test
    void refusesAnotherVersion() {
        byte[] array = TrafficCodec.encode(new Traffic.Closed(SESSION, 1, CloseCause.CLIENT_LEFT))
                .toArray();
        array[0] = 3;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrafficCodec.decode(Bytes.lend(array)))
                .withMessageContaining("version 3");
    }

    @Test
    void refusesALengthThatIsNotThere() {
        Bytes whole = TrafficCodec.encode(new Traffic.Closed(SESSION, 1, CloseCause.CLIENT_LEFT));

        for (int length = 0; length < whole.length(); length++) {
            Bytes cut = whole.slice(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> TrafficCodec.decode(cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrafficCodec.decode(Bytes.join(List.of(whole, Bytes.utf8("x")))));
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesBackWhatItWasGiven(int seed) {
        Random random = new Random(seed);

        for (Traffic traffic :
                List.of(opened(random), read(random), half(random), lost(random), denied(random), closed(random))) {
            assertThat(TrafficCodec.decode(TrafficCodec.encode(traffic))).isEqualTo(traffic);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void callsGarbageABadArgument(int seed) {
        Random random = new Random(seed);
        byte[] array = TrafficCodec.encode(random.nextBoolean() ? opened(random) : read(random))
                .toArray();
        for (int i = random.nextInt(8); i >= 0; i--) {
            array[random.nextInt(array.length)] = (byte) random.nextInt();
        }

        try {
            TrafficCodec.decode(Bytes.lend(array));
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    private static Traffic opened(Random random) {
        Instant wall = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        ClockPair clock = new ClockPair(random.nextLong(), wall, text(random));
        Machine machine = new Machine(
                text(random), any(random, Machine.KnownBy.values()), text(random), maybe(random), maybe(random));
        return new Traffic.Opened(
                session(random), clock, machine, peer(random), peer(random), text(random), text(random));
    }

    private static Traffic read(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(300)];
        random.nextBytes(bytes);
        List<DescriptorKind> kinds = Stream.generate(() -> any(random, DescriptorKind.values()))
                .limit(random.nextInt(4))
                .toList();
        return new Traffic.Read(session(random), direction(random), random.nextLong(), Bytes.lend(bytes), kinds);
    }

    private static Traffic half(Random random) {
        return new Traffic.HalfClosed(session(random), direction(random), random.nextLong());
    }

    private static Traffic lost(Random random) {
        return new Traffic.Lost(
                session(random),
                direction(random),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }

    private static Traffic denied(Random random) {
        return new Traffic.Denied(session(random), random.nextLong(), random.nextLong(), text(random));
    }

    private static Traffic closed(Random random) {
        return new Traffic.Closed(session(random), random.nextLong(), any(random, CloseCause.values()));
    }

    private static SessionId session(Random random) {
        return new SessionId(new UUID(random.nextLong(), random.nextLong()));
    }

    private static Peer peer(Random random) {
        return new Peer(text(random), maybe(random), maybe(random), maybe(random), text(random));
    }

    private static Direction direction(Random random) {
        return any(random, Direction.values());
    }

    private static OptionalLong maybe(Random random) {
        return random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
    }

    private static String text(Random random) {
        String[] pieces = {"vm", "é", "", "\u0000", "\uD83D\uDE80", "/run/x,y", " "};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(any(random, pieces));
        }
        return text.toString();
    }

    private static <T> T any(Random random, T[] choice) {
        return choice[random.nextInt(choice.length)];
    }
}
