package io.qmptape.store;

import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** Test kit: sessions of every shape, from a seed. */
public final class Sessions {
    private static final String[] CLIENT = {
        "{\"execute\": \"query-status\"}",
        "\r\n{'execute':'stop', 'id': 7}",
        "\n{\"execute\": \"set_password\", \"arguments\": {\"password\": \"[masked:12345678]\"}}",
        "\nBAD\u0001 noise",
        "\n\u00e9\u00ff",
        "[1,\n 2]"
    };
    private static final String[] SERVER = {
        "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\": \"\"}}}",
        "\r\n{\"return\": {\"status\": \"running\"}}",
        "\r\n{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}",
        "\r\n{\"id\": inf, \"error\": {\"class\": \"GenericError\", \"desc\": \"</script>\\u2028\"}}",
        "\r\n{\r\n    \"return\": {\r\n    }\r\n}",
        "\r\n{\"return\": \"\u00fc\"}"
    };

    private Sessions() {}

    public static List<SessionRecord> random(Random random) {
        SessionId id = new SessionId(new UUID(random.nextLong(), random.nextLong()));
        long start = random.nextInt(1_000_000);
        List<SessionRecord> records = new ArrayList<>();
        records.add(opened(id, start, random));
        FrameSplitter client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        Numbering numbering = new Numbering(id, random, records);
        long now = start;
        for (int i = random.nextInt(30); i > 0; i--) {
            now += random.nextInt(5_000_000);
            boolean isClient = random.nextBoolean();
            Direction direction = isClient ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
            String[] texts = isClient ? CLIENT : SERVER;
            byte[] text = texts[random.nextInt(texts.length)].getBytes(
                    random.nextInt(4) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            int cut = random.nextInt(text.length);
            FrameSplitter splitter = isClient ? client : server;
            List<DescriptorKind> kinds = random.nextInt(6) == 0 ? List.of(DescriptorKind.FILE) : List.of();
            splitter.accept(Bytes.copyOf(text).slice(0, cut), now, kinds, numbering.in(direction));
            splitter.accept(Bytes.copyOf(text).from(cut), now + 10, List.of(), numbering.in(direction));
            numbering.sometimesAddOthers(direction, now + 20);
        }
        client.finish(numbering.in(Direction.CLIENT_TO_SERVER));
        server.finish(numbering.in(Direction.SERVER_TO_CLIENT));
        CloseCause[] causes = CloseCause.values();
        records.add(new Closed(id, now + 30, causes[random.nextInt(causes.length)], client.rest(), server.rest()));
        return records;
    }

    /** One of which nothing is known but its endpoints. */
    public static Opened opened(SessionId id, ClockPair clock) {
        return new Opened(
                id, clock, Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u", "", Opened.RECORDED);
    }

    private static Opened opened(SessionId id, long nanos, Random random) {
        ClockPair clock =
                new ClockPair(nanos, Instant.ofEpochSecond(1_700_000_000, random.nextInt(1_000_000_000)), "b0");
        Machine machine = random.nextBoolean()
                ? Machine.named("vm \"one\"")
                : new Machine("web", Machine.KnownBy.PROCESS, "u-1", OptionalLong.of(42), OptionalLong.of(7));
        Peer peer = new Peer("", OptionalLong.of(1), OptionalLong.of(0), OptionalLong.of(0), "socat");
        return new Opened(id, clock, machine, peer, Peer.UNKNOWN, "unix:/l", "unix:/u", "", Opened.RECORDED);
    }

    private record Numbering(SessionId id, Random random, List<SessionRecord> records) {
        java.util.function.Consumer<Delimited> in(Direction direction) {
            return delimited -> {
                long sequence = 1
                        + records.stream()
                                .filter(FrameRecorded.class::isInstance)
                                .count();
                var frame = delimited.numbered(sequence, direction);
                List<Finding> findings = random.nextInt(3) == 0
                        ? List.of(new Finding("args/missing", Severity.ERROR, "$.arguments", "'device' is missing"))
                        : List.of();
                String text = frame.bytes().text();
                int at = text.indexOf("\"[masked:");
                List<Masked> masked = at < 0 || text.length() != frame.bytes().length()
                        ? List.of()
                        : List.of(new Masked(
                                "$.arguments.password", "string", new io.qmptape.protocol.Span(at, at + 19)));
                records.add(new FrameRecorded(
                        id, frame, Message.of(direction, delimited.json()).kind(), masked, "qemu-2.1", findings));
            };
        }

        void sometimesAddOthers(Direction direction, long now) {
            switch (random.nextInt(12)) {
                case 0 -> records.add(new Gap(id, direction, 100, 20, now - 5, now, "queue full"));
                case 1 ->
                    records.add(new ClockRead(id, new ClockPair(now, Instant.ofEpochSecond(1_700_000_100), "b0")));
                case 2 -> records.add(new HalfClosed(id, direction, now));
                default -> {}
            }
        }
    }
}
