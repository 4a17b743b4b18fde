package io.qmptape.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CourierTest {
    private static final int QUEUE_BYTES = 1 << 20;

    private final SessionId session = SessionId.random();
    private final BlockingQueue<FakeRecorder> recorders = new LinkedBlockingQueue<>();

    @Test
    void bringsAllAndEndsWhenTheRecorderHasIt() throws Exception {
        Courier courier = courier(true);
        courier.start();
        FakeRecorder recorder = recorders.take();
        List<Traffic> sent = List.of(opened(), read("a"), read("b"), closed());

        sent.forEach(courier::seen);
        Thread closing = new Thread(courier::close);
        closing.start();

        assertThat(recorder.hear()).isEqualTo(new Resumed(List.of()));
        for (Traffic traffic : sent) {
            assertThat(recorder.hear()).isEqualTo(new Seen(traffic));
        }
        recorder.tell(Receipt.over(session));
        recorder.end(0);
        closing.join();
    }

    @Test
    void tellsTheNextRecorderWhatTheFirstHasNotReceipted() throws Exception {
        Courier courier = courier(true);
        courier.start();
        FakeRecorder first = recorders.take();
        courier.seen(opened());
        courier.seen(read("one"));
        courier.seen(read("two"));
        for (int i = 0; i < 4; i++) {
            first.hear();
        }
        Receipt receipt = new Receipt(session, 1, new Standing(1, 3, 0), 0, new Standing(1, 3, 0), "reel", false);
        first.tell(receipt);
        first.end(137);

        FakeRecorder second = recorders.take();

        Resumed resumed = (Resumed) second.hear();
        assertThat(resumed.sessions())
                .singleElement()
                .satisfies(one -> assertThat(one.last().safe()).isEqualTo(receipt.safe()));
        assertThat(second.hear()).isEqualTo(new Seen(read("two")));
        courier.seen(closed());
        assertThat(second.hear()).isEqualTo(new Seen(closed()));
        second.tell(Receipt.over(session));
        end(courier, second);
    }

    @Test
    void addsUpWhatOneRecorderAfterTheOtherCounts() throws Exception {
        Courier courier = courier(true);
        courier.start();
        FakeRecorder first = recorders.take();
        first.tell(new Tally(7, true, 1, 10, Map.of("event", 2L), Map.of()));
        await(courier, state -> state.tally().isFailing());
        first.end(137);

        FakeRecorder second = recorders.take();
        second.tell(new Tally(5, false, 2, 20, Map.of("event", 3L, "command", 4L), Map.of("args/type", 1L)));
        Tally sum = new Tally(7, false, 3, 30, Map.of("event", 5L, "command", 4L), Map.of("args/type", 1L));
        await(courier, state -> state.equals(new RecorderState(true, 1, 0, sum)));

        end(courier, second);
        assertThat(courier.state()).isEqualTo(new RecorderState(false, 1, 0, sum));
    }

    @Test
    void takesNothingThatItCouldLoseWhereItMustRefuse() throws Exception {
        Courier courier = courier(OnTapeFailure.REFUSE);
        courier.start();
        FakeRecorder first = recorders.take();
        assertThat(courier.takes()).isTrue();

        courier.seen(opened());
        courier.seen(read("x".repeat(QUEUE_BYTES / 3)));
        assertThat(courier.takes()).isFalse();
        for (int i = 0; i < 3; i++) {
            first.hear();
        }
        first.tell(Receipt.over(session));
        awaitTaking(courier, true);

        first.end(137);
        awaitTaking(courier, false);
        FakeRecorder second = recorders.take();
        second.hear();
        assertThat(courier.takes()).isFalse();
        second.tell(Tally.NONE);
        awaitTaking(courier, true);
        end(courier, second);
    }

    /** One that leaves a long message open and says no more would else be the end of all others. */
    @Test
    void endsTheSessionThatTakesTheRoomOfOthersWhereItMustRefuse() throws Exception {
        Courier courier = courier(OnTapeFailure.REFUSE);
        courier.start();
        FakeRecorder recorder = recorders.take();
        BlockingQueue<SessionId> ended = new LinkedBlockingQueue<>();
        courier.whenCrowded(ended::add);
        SessionId other = SessionId.random();
        courier.seen(opened());
        courier.seen(new Traffic.Read(other, Direction.CLIENT_TO_SERVER, 0, Bytes.utf8("short"), List.of()));

        courier.seen(read("x".repeat(QUEUE_BYTES / 8)));
        courier.seen(read("x".repeat(QUEUE_BYTES / 14)));
        assertThat(ended.take()).isEqualTo(session);
        assertThat(courier.takes()).isTrue();

        courier.seen(closed());
        recorder.tell(Receipt.over(session));
        end(courier, recorder);
        assertThat(ended).isEmpty();
    }

    /** Else a message that no recorder survives would kill one after the other. */
    @Test
    void givesUpWhatKillsFourRecorders() throws Exception {
        Courier courier = courier(true);
        courier.start();
        courier.seen(opened());
        courier.seen(read("poison"));
        FakeRecorder first = recorders.take();
        for (int i = 0; i < 3; i++) {
            first.hear();
        }
        first.end(134);
        for (int i = 1; i < 4; i++) {
            FakeRecorder next = recorders.take();
            next.hear();
            assertThat(next.hear()).isEqualTo(new Seen(read("poison")));
            next.end(134);
        }

        FakeRecorder last = recorders.take();

        last.hear();
        assertThat(last.hear()).isEqualTo(new Seen(new Traffic.Lost(session, Direction.CLIENT_TO_SERVER, 0, 6, 0, 0)));
        last.tell(Receipt.over(session));
        end(courier, last);
    }

    @Test
    void tellsHowMuchIsOnTheTapeAndWhenNothingMoreWillBe() throws Exception {
        Courier courier = courier(true);
        courier.start();
        FakeRecorder recorder = recorders.take();
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        courier.seen(opened());
        courier.follow(session, told::add);
        courier.seen(read("one"));
        Standing written = new Standing(1, 3, 0);
        recorder.tell(new Receipt(session, 0, Standing.BEGINNING, 1, written, "reel", false));
        assertThat(told.take()).isEqualTo(3);

        courier.seen(closed());

        assertThat(told.take()).isEqualTo(Long.MAX_VALUE);
        recorder.tell(Receipt.over(session));
        end(courier, recorder);
        courier.follow(SessionId.random(), told::add);
        assertThat(told.take()).as("of a client that comes behind the end").isEqualTo(Long.MAX_VALUE);
    }

    /** What died before says nothing of whether the next one can write what is left. */
    @Test
    void triesAgainAtTheEndHoweverOftenRecordersDiedBefore() throws Exception {
        Courier courier = courier(true);
        courier.start();
        courier.seen(opened());
        for (int i = 0; i < 5; i++) {
            recorders.take().end(137);
        }
        FakeRecorder last = recorders.take();
        Thread closing = new Thread(courier::close);
        closing.start();
        last.awaitEndOfInput();
        last.end(137);

        FakeRecorder another = recorders.take();

        assertThat(another.hear()).isInstanceOf(Resumed.class);
        another.tell(Receipt.over(session));
        another.end(0);
        closing.join();
    }

    @Test
    void replacesARecorderThatHangs() throws Exception {
        Patience patience = new Patience(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ofMinutes(10));
        Courier courier = new Courier(() -> recorder(true), QUEUE_BYTES, OnTapeFailure.CONTINUE, patience);
        courier.start();
        courier.seen(opened());
        FakeRecorder hanging = recorders.take();
        hanging.tell(Tally.NONE);

        FakeRecorder next = recorders.take();

        assertThat(hanging.exitValue()).isEqualTo(143);
        Resumed resumed = (Resumed) next.hear();
        assertThat(resumed.sessions())
                .singleElement()
                .satisfies(one -> assertThat(one.opened()).isEqualTo(opened()));
        next.tell(Receipt.over(session));
        end(courier, next);
    }

    @Test
    void saysThatTheFirstRecorderCannotRecord() {
        Courier courier = courier(false);
        Thread ender = new Thread(() -> endNext(2));
        ender.start();

        assertThatThrownBy(courier::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the recorder could not be started");
    }

    private static void awaitTaking(Courier courier, boolean takes) {
        while (courier.takes() != takes) {
            Thread.onSpinWait();
        }
    }

    private static void await(Courier courier, Predicate<RecorderState> isIt) {
        while (!isIt.test(courier.state())) {
            Thread.onSpinWait();
        }
    }

    private void endNext(int code) {
        try {
            recorders.take().end(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Courier courier(OnTapeFailure onFailure) {
        return new Courier(() -> recorder(true), QUEUE_BYTES, onFailure);
    }

    private Courier courier(boolean areReady) {
        return new Courier(() -> recorder(areReady), QUEUE_BYTES);
    }

    private FakeRecorder recorder(boolean isReady) throws IOException {
        FakeRecorder recorder = new FakeRecorder(isReady);
        recorders.add(recorder);
        return recorder;
    }

    /** In the order in which both end: a recorder that ends before it is told to is followed by another one. */
    private static void end(Courier courier, FakeRecorder last) throws Exception {
        Thread closing = new Thread(courier::close);
        closing.start();
        last.awaitEndOfInput();
        last.end(0);
        closing.join();
    }

    private Traffic.Opened opened() {
        ClockPair clock = new ClockPair(0, Instant.EPOCH, "boot");
        return new Traffic.Opened(
                session, clock, Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u");
    }

    private Traffic read(String text) {
        return new Traffic.Read(session, Direction.CLIENT_TO_SERVER, 0, Bytes.utf8(text), new ArrayList<>());
    }

    private Traffic closed() {
        return new Traffic.Closed(session, 5, CloseCause.CLIENT_LEFT);
    }
}
