package io.qmptape.proxy;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(60)
final class RelayTest {
    /** Everything that a relay promises, it promises with either kind of channels. */
    enum Family {
        BEST,
        PORTABLE;

        EventLoops open() {
            return this == BEST ? EventLoops.best() : EventLoops.portable();
        }
    }

    /** More than the sockets' own buffers and the relay's bound together. */
    private static final int FLOOD = 10 << 20;

    private static final int BOUND = 1 << 20;

    private final Family family;

    @TempDir
    Path directory;

    private final ExecutorService beside = Executors.newCachedThreadPool();

    RelayTest(Family family) {
        this.family = family;
    }

    @AfterEach
    void stopThreads() {
        beside.shutdownNow();
    }

    static Stream<Arguments> waysAndSeeds() {
        return Stream.of("unix unix", "tcp unix", "unix tcp", "tcp tcp")
                .flatMap(way -> Stream.of(1, 2, 3).map(seed -> Arguments.of(way, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("waysAndSeeds")
    void carriesEveryByteBothWays(String way, int seed) throws Exception {
        Random random = new Random(seed);
        Bytes question = noise(random, seed == 3 ? FLOOD : 1 + random.nextInt(300_000));
        Bytes answer = noise(random, seed == 3 ? FLOOD : 1 + random.nextInt(300_000));

        try (FakeQemu qemu = qemu(way);
                Stand stand = stand(way, qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            CompletableFuture<Bytes> asked = beside(() -> monitor.receive(question.length()));
            CompletableFuture<Bytes> answered = beside(() -> client.receive(answer.length()));
            sendInChunks(client, question, random);
            sendInChunks(monitor, answer, random);

            assertThat(asked.get()).isEqualTo(question);
            assertThat(answered.get()).isEqualTo(answer);
            stand.port.awaitBytes(CLIENT_TO_SERVER, question.length());
            stand.port.awaitBytes(SERVER_TO_CLIENT, answer.length());
            assertThat(stand.port.bytes(CLIENT_TO_SERVER)).isEqualTo(question);
            assertThat(stand.port.bytes(SERVER_TO_CLIENT)).isEqualTo(answer);
        }
    }

    @Test
    void holdsLittleForAReaderThatStandsStill() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            Bytes flood = noise(new Random(1), FLOOD);

            int sent = monitor.sendUntilStalled(flood);

            assertThat(sent).isLessThan(2 * BOUND);
            assertThat(stand.proxy.pendingBytes()).isBetween(1L, (long) BOUND);
            assertThat(client.receive(sent)).isEqualTo(flood.slice(0, sent));
        }
    }

    @Test
    void goesOnInTheOtherDirectionMeanwhile() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            monitor.sendUntilStalled(noise(new Random(1), FLOOD));

            client.send("still here\n");

            assertThat(monitor.line()).isEqualTo("still here\n");
        }
    }

    /** QEMU, without a relay, would notice at once and serve the next one, instead of answering all that was asked. */
    @Test
    void tellsTheServerThatAClientIsGoneWhichItDidNotRead() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.sendUntilStalled(noise(new Random(1), FLOOD));
            monitor.sendUntilStalled(noise(new Random(2), FLOOD));

            client.close();

            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void keepsAHalfCloseOfTheClient() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.send("last words").finish();

            assertThat(monitor.receiveToEnd().text()).isEqualTo("last words");
            monitor.send("an answer to them").finish();
            assertThat(client.receiveToEnd().text()).isEqualTo("an answer to them");
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
            assertThat(stand.port.heard())
                    .extracting(Traffic::getClass)
                    .extracting(Class::getSimpleName)
                    .containsExactly("Opened", "Read", "HalfClosed", "Read", "Closed");
        }
    }

    @Test
    void bringsALongReplyToASlowClientThatEndedItsSending() {
        Bytes flood = noise(new Random(1), FLOOD);
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.send("last words").finish();
            monitor.receiveToEnd();
            int sent = 0;
            for (int part = 0; part < 3; part++) {
                int more = monitor.sendUntilStalled(flood);
                assertThat(client.receive(more)).isEqualTo(flood.slice(0, more));
                sent += more;
            }
            assertThat(sent).isGreaterThan(BOUND);
            assertThat(stand.port.heard(Traffic.Closed.class)).isEmpty();
        }
    }

    @Test
    void keepsAHalfCloseOfTheServer() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            monitor.send("that is all").finish();

            assertThat(client.receiveToEnd().text()).isEqualTo("that is all");
            client.send("and still I talk").finish();
            assertThat(monitor.receiveToEnd().text()).isEqualTo("and still I talk");
            assertThat(causeOf(stand)).isEqualTo(CloseCause.SERVER_LEFT);
        }
    }

    @Test
    void deliversAllThatIsPendingBeforeTheEnd() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect()) {
            Bytes flood = noise(new Random(1), FLOOD);
            Wire monitor = qemu.accept();
            CompletableFuture<Bytes> received = beside(client::receiveToEnd);

            monitor.send(flood).close();

            assertThat(received.join()).isEqualTo(flood);
            client.close();
            assertThat(causeOf(stand)).isEqualTo(CloseCause.SERVER_LEFT);
        }
    }

    @Test
    void endsTheSessionOfAServerThatIsGoneThoughItsClientStays() {
        assumeThat(family).as("Java's selectors do not tell").isEqualTo(Family.BEST);
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect()) {
            qemu.accept().close();

            assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);
            assertThat(causeOf(stand)).isEqualTo(CloseCause.SERVER_LEFT);
        }
    }

    @Test
    void deliversWhatAStalledClientHasNotReadWhenTheServerDies() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect()) {
            Bytes flood = noise(new Random(1), FLOOD);
            Wire monitor = qemu.accept();
            int sent = monitor.sendUntilStalled(flood);
            monitor.close();

            assertThat(client.receiveToEnd()).isEqualTo(flood.slice(0, sent));
        }
    }

    @Test
    void deliversTheLastReplyToAClientThatTalksOn() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect()) {
            Wire monitor = qemu.accept();
            client.send("quit\n");
            monitor.line();
            monitor.send("gone\r\n").close();
            stand.port.awaitBytes(SERVER_TO_CLIENT, "gone\r\n".length());

            assertThat(client.receiveToEnd().text()).isEqualTo("gone\r\n");
        }
    }

    @Test
    void takesAResetForAnEnd() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            monitor.send("unread by the client");
            stand.port.await(Traffic.Read.class, 1);

            client.close();

            assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void noticesThatAHalfClosedClientLeaves() {
        assumeThat(family).as("Java's selectors do not tell").isEqualTo(Family.BEST);
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.finish();
            stand.port.await(Traffic.HalfClosed.class, 1);

            client.close();

            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void noticesThatAHalfClosedClientHasLeftAtTheNextReply() {
        try (FakeQemu qemu = qemu("unix");
                Stand stand = stand("unix", qemu);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.finish();
            stand.port.await(Traffic.HalfClosed.class, 1);
            client.close();

            monitor.send("too late\r\n");

            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
            assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void endsEverySessionOnceAndAfterItsReads() {
        try (FakeQemu qemu = qemu("unix").answering();
                Stand stand = stand("unix", qemu)) {
            for (int i = 0; i < 20; i++) {
                try (Wire client = stand.connect()) {
                    client.send("x\n".repeat(i));
                    client.line();
                }
            }

            for (Traffic.Closed closed : stand.port.await(Traffic.Closed.class, 20)) {
                List<Traffic> session = stand.port.heardOf(closed.session());
                assertThat(session.get(0)).isInstanceOf(Traffic.Opened.class);
                assertThat(session.indexOf(closed)).isEqualTo(session.size() - 1);
                assertThat(session).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
            }
        }
    }

    private CloseCause causeOf(Stand stand) {
        return stand.port.await(Traffic.Closed.class, 1).get(0).cause();
    }

    private FakeQemu qemu(String way) {
        return way.endsWith("tcp") ? FakeQemu.tcp() : FakeQemu.unix(directory.resolve("q.sock"));
    }

    private Stand stand(String way, FakeQemu qemu) {
        String listen = way.startsWith("tcp") ? "tcp:127.0.0.1:0" : "unix:" + directory.resolve("p.sock");
        return Stand.between(family.open(), listen, qemu.endpoint(), options -> options);
    }

    private <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, beside);
    }

    private static void sendInChunks(Wire wire, Bytes bytes, Random random) {
        int longest = bytes.length() > 1 << 20 ? 200_000 : 1 + random.nextInt(9_000);
        for (int at = 0; at < bytes.length(); ) {
            int end = Math.min(bytes.length(), at + 1 + random.nextInt(longest));
            wire.send(bytes.slice(at, end));
            at = end;
        }
    }

    private static Bytes noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.lend(bytes);
    }
}
