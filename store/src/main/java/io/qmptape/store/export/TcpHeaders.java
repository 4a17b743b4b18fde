package io.qmptape.store.export;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import java.nio.ByteBuffer;

/** The IPv4 and TCP headers of a segment between two hosts that there are not: 192.0.2.0/24 is for documentation. */
final class TcpHeaders {
    static final int MONITOR_PORT = 4444;
    private static final int CLIENT_PORT = 50_000;
    private static final int CLIENT = 0xC000_0201;
    private static final int MONITOR = 0xC000_0202;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 20;
    private static final int TCP = 6;
    private static final int TIME_TO_LIVE = 64;
    private static final int PUSH_AND_ACKNOWLEDGE = 0x18;
    private static final int WINDOW = 65_535;
    private static final int DO_NOT_FRAGMENT = 0x4000;

    private TcpHeaders() {}

    /**
     * @param sequence how many bytes went this way before
     * @param acknowledged how many came the other way
     */
    static Bytes of(Direction direction, long sequence, long acknowledged, Bytes payload) {
        boolean isClient = direction == Direction.CLIENT_TO_SERVER;
        ByteBuffer headers = ByteBuffer.allocate(IP_BYTES + TCP_BYTES);
        headers.putShort((short) 0x4500).putShort((short) (headers.capacity() + payload.length()));
        headers.putShort((short) 0).putShort((short) DO_NOT_FRAGMENT);
        headers.put((byte) TIME_TO_LIVE).put((byte) TCP).putShort((short) 0);
        headers.putInt(isClient ? CLIENT : MONITOR).putInt(isClient ? MONITOR : CLIENT);
        headers.putShort((short) (isClient ? CLIENT_PORT : MONITOR_PORT));
        headers.putShort((short) (isClient ? MONITOR_PORT : CLIENT_PORT));
        headers.putInt((int) (1 + sequence)).putInt((int) (1 + acknowledged));
        headers.put((byte) (TCP_BYTES / 4 << 4))
                .put((byte) PUSH_AND_ACKNOWLEDGE)
                .putShort((short) WINDOW);
        headers.putShort((short) 0).putShort((short) 0);
        headers.putShort(10, (short) checksum(sum(headers, 0, IP_BYTES)));
        int pseudo = TCP + TCP_BYTES + payload.length();
        long sum = sum(headers, 12, headers.capacity()) + sum(payload.asReadOnlyBuffer(), 0, payload.length()) + pseudo;
        headers.putShort(IP_BYTES + 16, (short) checksum(sum));
        return Bytes.lend(headers.array());
    }

    private static long sum(ByteBuffer octets, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at++) {
            int octet = octets.get(at) & 0xff;
            sum += (at - from) % 2 == 0 ? octet << 8 : octet;
        }
        return sum;
    }

    private static int checksum(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
