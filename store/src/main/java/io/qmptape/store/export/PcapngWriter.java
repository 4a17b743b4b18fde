package io.qmptape.store.export;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSource;
import io.qmptape.traffic.ClockPair;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A capture for Wireshark: each frame as a segment of a TCP connection (several, if it is long) between two made-up
 * addresses, client to monitor. With TCP, following the stream, gaps and times work as with any capture; {@code
 * samples/wireshark} has a dissector for what is in it. A gap is a jump of the sequence numbers.
 */
public final class PcapngWriter {
    private static final int MAX_SEGMENT = 32_768;

    private final PcapngBlocks blocks;
    private final Map<Direction, Long> sent = new EnumMap<>(Direction.class);
    private final Losses losses = new Losses();
    private ClockPair clock = new ClockPair(0, Instant.EPOCH, "");

    private PcapngWriter(OutputStream out) {
        this.blocks = new PcapngBlocks(out);
    }

    /**
     * @return what of the session is not in it
     * @throws java.io.UncheckedIOException if {@code out} cannot be written
     */
    public static List<String> write(SessionSource source, OutputStream out) {
        PcapngWriter writer = new PcapngWriter(out);
        Written.each(source, writer::record);
        return writer.losses.told();
    }

    private void record(SessionRecord record) throws IOException {
        if (record instanceof Opened opened) {
            clock = opened.clock();
            blocks.begin(
                    "session " + opened.session() + " of " + opened.machine().name());
        } else if (record instanceof ClockRead read) {
            clock = read.clock();
        } else if (record instanceof Gap gap) {
            sent.merge(gap.direction(), gap.bytes(), Long::sum);
        } else if (record instanceof FrameRecorded recorded) {
            frame(recorded);
        }
    }

    private void frame(FrameRecorded recorded) throws IOException {
        Frame frame = recorded.frame();
        recorded.findings().forEach(finding -> losses.add("finding"));
        Bytes bytes = frame.bytes();
        for (int at = 0; at < bytes.length(); at += MAX_SEGMENT) {
            Bytes part = bytes.slice(at, Math.min(bytes.length(), at + MAX_SEGMENT));
            String comment = at > 0 ? "" : comment(recorded);
            blocks.packet(clock.wallAt(frame.completedAtNanos()), segment(frame.direction(), part), comment);
        }
    }

    private static String comment(FrameRecorded recorded) {
        int masked = recorded.masked().size();
        return "#" + recorded.sequence() + " " + recorded.message().word()
                + (masked == 0 ? "" : ", " + masked + " masked");
    }

    private Bytes segment(Direction direction, Bytes payload) {
        long sequence = sent.getOrDefault(direction, 0L);
        long acknowledged = sent.getOrDefault(direction.opposite(), 0L);
        sent.put(direction, sequence + payload.length());
        return Bytes.join(List.of(TcpHeaders.of(direction, sequence, acknowledged, payload), payload));
    }
}
