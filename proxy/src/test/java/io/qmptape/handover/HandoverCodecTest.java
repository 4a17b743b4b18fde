package io.qmptape.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandoverCodecTest {
    private static final SessionId SESSION = SessionId.parse("01020304-0506-0708-090a-0b0c0d0e0f10");
    private static final Receipt RECEIPT =
            new Receipt(SESSION, 3, new Standing(5, 6, 7), 8, new Standing(9, 10, 11), "réel", true);
    private static final Tally TALLY =
            new Tally(1, true, 2, 3, Map.of("event", 4L, "command", 5L), Map.of("args/type", 6L));
    private static final Traffic.Read READ =
            new Traffic.Read(SESSION, Direction.SERVER_TO_CLIENT, 258, Bytes.utf8("{}"), List.of());

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        Traffic.Opened opened = new Traffic.Opened(
                SESSION,
                new ClockPair(1, Instant.EPOCH, "boot"),
                Machine.named("vm"),
                Peer.UNKNOWN,
                Peer.UNKNOWN,
                "unix:/l",
                "unix:/u");
        List<Handover> all = List.of(
                new Seen(READ),
                new Seen(opened),
                new Resumed(List.of()),
                new Resumed(List.of(
                        new Unfinished(opened, List.of(READ, READ), RECEIPT),
                        new Unfinished(opened, List.of(), Receipt.none(SESSION)))));

        for (Handover handover : all) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            HandoverCodec.write(handover, new DataOutputStream(written));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(written.toByteArray()));
            Bytes encoded = Bytes.lend(in.readNBytes(in.readInt()));
            assertThat(HandoverCodec.decode(encoded)).isEqualTo(handover);
            assertThat(in.available()).isZero();
        }
        for (Answer answer : List.of(RECEIPT, TALLY, Tally.NONE)) {
            assertThat(HandoverCodec.decodeAnswer(HandoverCodec.encode(answer))).isEqualTo(answer);
        }
    }

    @Test
    void refusesWhatIsCutShort() {
        for (Answer answer : List.of(RECEIPT, TALLY)) {
            Bytes whole = HandoverCodec.encode(answer);
            for (int length = 0; length < whole.length(); length++) {
                Bytes cut = whole.slice(0, length);
                assertThatIllegalArgumentException().isThrownBy(() -> HandoverCodec.decodeAnswer(cut));
            }
        }
    }
}
