package io.qmptape.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KeeperTest {
    private final SessionId session = SessionId.random();
    private final AtomicLong released = new AtomicLong();
    private final Map<Direction, StringBuilder> said = new EnumMap<>(Direction.class);
    private long cost;

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    /** Whatever the recorder has told, a safe place and what is sent again are the whole of what passed. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsAllBehindTheSafePlaceAndNothingElse(int seed) {
        Random random = new Random(seed);
        Keeper keeper = keeper(Long.MAX_VALUE);
        keep(keeper, opened());
        Standing safe = Standing.BEGINNING;
        int items = 0;
        for (int i = 0; i < 40; i++) {
            keep(keeper, read(random));
            items++;
            if (random.nextInt(5) == 0) {
                safe = place(random, safe);
                keeper.received(receipt(items, safe));
            }
        }

        List<Handover> again = keeper.again();

        assertThat(unfinished(again).last().safe()).isEqualTo(safe);
        for (Direction direction : Direction.values()) {
            assertThat(joined(again, direction)).isEqualTo(said(direction).substring((int) safe.bytes(direction)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesBackAllRoomWhenTheSessionIsOver(int seed) {
        Random random = new Random(seed);
        Keeper keeper = keeper(500);
        keep(keeper, opened());
        for (int i = 1; i < 30; i++) {
            keep(keeper, read(random));
            if (random.nextInt(7) == 0) {
                keeper.received(receipt(i, place(random, Standing.BEGINNING)));
            }
        }
        keep(keeper, new Traffic.Closed(session, 99, CloseCause.CLIENT_LEFT));

        keeper.received(Receipt.over(session));

        assertThat(released).hasValue(cost);
        assertThat(keeper.isEmpty()).isTrue();
    }

    @Test
    void whatItCannotKeepIsAGapForTheNextRecorder() {
        Keeper keeper = keeper(1_000);
        keep(keeper, opened());
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "a".repeat(700), 1));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "b".repeat(700), 2));
        keep(keeper, read(Direction.SERVER_TO_CLIENT, "c", 3));

        assertThat(keeper.again().subList(1, 3))
                .containsExactly(
                        new Seen(new Traffic.Lost(session, Direction.CLIENT_TO_SERVER, 0, 1_400, 1, 2)),
                        new Seen(read(Direction.SERVER_TO_CLIENT, "c", 3)));
    }

    @Test
    void whatTheRecorderHadOfAGapIsNoPartOfIt() {
        Keeper keeper = keeper(1_000);
        keep(keeper, opened());
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "a".repeat(700), 1));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "b".repeat(700), 2));

        keeper.received(receipt(1, new Standing(1, 600, 0)));

        assertThat(keeper.again().subList(1, 2))
                .containsExactly(new Seen(new Traffic.Lost(session, Direction.CLIENT_TO_SERVER, 600, 800, 1, 2)));
    }

    @Test
    void countsAnewForTheNextRecorder() {
        Keeper keeper = keeper(Long.MAX_VALUE);
        keep(keeper, opened());
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "one", 1));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "two", 2));
        keeper.received(receipt(1, new Standing(1, 3, 0)));
        keeper.again();

        keeper.received(receipt(1, new Standing(2, 6, 0)));

        assertThat(keeper.again()).hasSize(1);
    }

    @Test
    void tellsHowTheSessionBeganUpToWhereItIsSafe() {
        Keeper keeper = keeper(Long.MAX_VALUE);
        keep(keeper, opened());
        keep(keeper, read(Direction.SERVER_TO_CLIENT, "{\"QMP\": {}}\r\n", 1));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "{}\n", 2));
        keep(keeper, read(Direction.SERVER_TO_CLIENT, "{\"return\": {}}\r\n{\"event\"", 3));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "later", 4));
        keeper.received(receipt(3, new Standing(3, 2, 27)));
        keep(keeper, read(Direction.CLIENT_TO_SERVER, "latest", 5));

        Unfinished unfinished = unfinished(keeper.again());

        assertThat(unfinished.prologue())
                .containsExactly(
                        read(Direction.SERVER_TO_CLIENT, "{\"QMP\": {}}\r\n", 1),
                        read(Direction.CLIENT_TO_SERVER, "{}", 2),
                        read(Direction.SERVER_TO_CLIENT, "{\"return\": {}}", 3));
    }

    private Keeper keeper(long bytes) {
        return new Keeper(bytes, released::addAndGet);
    }

    private void keep(Keeper keeper, Traffic traffic) {
        cost += TrafficQueue.cost(traffic);
        keeper.keep(traffic);
    }

    private Traffic.Opened opened() {
        ClockPair clock = new ClockPair(0, Instant.EPOCH, "boot");
        return new Traffic.Opened(
                session, clock, Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u");
    }

    private Traffic.Read read(Random random) {
        Direction direction = random.nextBoolean() ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
        String text = Long.toHexString(random.nextLong()).substring(random.nextInt(7));
        said(direction).append(text);
        return read(direction, text, random.nextInt(1_000));
    }

    private Traffic.Read read(Direction direction, String text, long atNanos) {
        return new Traffic.Read(session, direction, atNanos, Bytes.utf8(text), List.of());
    }

    /** Somewhere between a place and all that was said. */
    private Standing place(Random random, Standing from) {
        int client = said(Direction.CLIENT_TO_SERVER).length() - (int) from.clientBytes();
        int server = said(Direction.SERVER_TO_CLIENT).length() - (int) from.serverBytes();
        return new Standing(
                from.sequence() + 1,
                from.clientBytes() + random.nextInt(client + 1),
                from.serverBytes() + random.nextInt(server + 1));
    }

    private Receipt receipt(int items, Standing safe) {
        return new Receipt(session, items, safe, 0, safe, "reel", false);
    }

    private StringBuilder said(Direction direction) {
        return said.computeIfAbsent(direction, any -> new StringBuilder());
    }

    private static Unfinished unfinished(List<Handover> again) {
        return ((Resumed) again.get(0)).sessions().get(0);
    }

    private static String joined(List<Handover> again, Direction direction) {
        List<Bytes> parts = new ArrayList<>();
        for (Handover handover : again) {
            if (handover instanceof Seen seen
                    && seen.traffic() instanceof Traffic.Read read
                    && read.direction() == direction) {
                parts.add(read.bytes());
            }
        }
        return Bytes.join(parts).text();
    }
}
