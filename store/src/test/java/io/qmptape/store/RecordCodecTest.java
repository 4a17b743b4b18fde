package io.qmptape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.catalog.Severity;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordCodecTest {
    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesBackWhatItWrote(int seed) {
        for (SessionRecord record : Sessions.random(new Random(seed))) {
            Bytes bytes = RecordCodec.encode(record, 17, Bytes.utf8("head"));

            assertThat(RecordCodec.decode(bytes).record()).isEqualTo(record);
            assertThat(RecordCodec.decode(bytes).arrivedAtMillis()).isEqualTo(17);
            assertThat(RecordCodec.isOf(bytes, record.session())).isTrue();
        }
    }

    @Test
    void givesBackAContinuation() {
        Opened opened = (Opened) Sessions.random(new Random(1)).get(0);
        Continued record = new Continued(opened, opened.clock(), 9, Bytes.utf8("head"), "reel-1");

        assertThat(RecordCodec.decode(RecordCodec.encode(record, 1, Bytes.EMPTY))
                        .record())
                .isEqualTo(record);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noticesAnyFlippedByte(int seed) {
        Random random = new Random(seed);
        List<SessionRecord> records = Sessions.random(random);
        byte[] octets = RecordCodec.encode(records.get(random.nextInt(records.size())), 1, Bytes.EMPTY)
                .toArray();

        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));

        assertThatThrownBy(() -> RecordCodec.decode(Bytes.copyOf(octets))).isInstanceOf(IllegalArgumentException.class);
    }

    /** What is on disk is a constant's position: adding at the end is fine, anything else misreads old tapes. */
    @Test
    void keepsThePositionsOfStoredWords() {
        assertThat(FrameKind.values())
                .startsWith(FrameKind.MESSAGE, FrameKind.NOISE, FrameKind.UNFINISHED, FrameKind.SKIPPED);
        assertThat(Direction.values()).startsWith(Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT);
        assertThat(names(MessageKind.values()))
                .startsWith("GREETING", "COMMAND", "SUCCESS", "FAILURE", "EVENT", "UNRECOGNIZED", "NOISE");
        assertThat(names(CloseCause.values()))
                .startsWith(
                        "CLIENT_LEFT",
                        "SERVER_LEFT",
                        "CONNECTION_FAILED",
                        "UPSTREAM_UNREACHABLE",
                        "PROXY_STOPPED",
                        "RECORDER_DIED",
                        "UNKNOWN",
                        "RELAY_DIED",
                        "RECORDING_STOPPED");
        assertThat(names(DescriptorKind.values())).startsWith("FILE", "SOCKET", "PIPE", "DEVICE", "OTHER");
        assertThat(names(Severity.values())).startsWith("ERROR", "WARNING", "INFO");
        assertThat(names(Machine.KnownBy.values())).startsWith("OPTION", "PROCESS", "ENDPOINT");
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    @Test
    void refusesALayoutItDoesNotKnowByName() {
        byte[] octets = RecordCodec.encode(Sessions.random(new Random(1)).get(0), 1, Bytes.EMPTY)
                .toArray();
        octets[0] = 2;

        assertThatThrownBy(() -> RecordCodec.decode(Bytes.copyOf(octets))).hasMessageContaining("record layout 2");
    }
}
