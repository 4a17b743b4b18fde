package io.qmptape.transport;

import io.netty.channel.unix.Buffer;
import io.qmptape.protocol.DescriptorKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory in which one socket's messages are described to the system.
 *
 * <pre>
 *    0  message: name 8, its length 8, vector 8, its length 8, control 8, its length 8, flags 8
 *   56  vector: address 8, length 8; and once more
 *   88  control: length 8, level 4, type 4, descriptors 4 each
 *       status of a descriptor, an empty path
 * </pre>
 *
 * Used by the socket's loop only.
 */
final class MessageBlock {
    /** The system takes and gives no more in one message. */
    static final int MAX_DESCRIPTORS = 253;

    /** EFAULT. */
    static final int NO_PART = -14;

    private static final int VECTOR = 56;
    private static final int CONTROL = 88;
    private static final int CONTROL_HEAD = 16;
    private static final int CONTROL_SIZE = CONTROL_HEAD + (MAX_DESCRIPTORS + 1) * Integer.BYTES;
    private static final int STATUS = CONTROL + CONTROL_SIZE;
    private static final int EMPTY_PATH = STATUS + 256;
    private static final int SIZE = EMPTY_PATH + Long.BYTES;

    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int FLAGS_AT = 48;
    private static final int STATUS_MODE_AT = STATUS + 28;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_PEEK = 2;
    private static final int MSG_CTRUNC = 8;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE = 1;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final long address = Buffer.memoryAddress(memory);

    MessageBlock() {
        memory.putLong(VECTOR_AT, address + VECTOR);
    }

    /**
     * Copies what waits in the socket and leaves it there: at most up to the end of the first part that descriptors came
     * with.
     *
     * @return how many bytes, or an error's number below zero
     */
    int peek(int socket, long into, int length) {
        describe(into, length, 0);
        return SocketCalls.receive(socket, address, MSG_PEEK | MSG_DONTWAIT);
    }

    /** As {@link #peek}, and opens the descriptors here; they stay with the bytes in the socket as well. */
    int peekAndOpen(int socket, long into, int length) {
        describe(into, length, CONTROL_SIZE);
        return SocketCalls.receive(socket, address, MSG_PEEK | MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    }

    /**
     * Takes out the first parts that fit into {@code length} bytes as a whole, and nothing of the next one: its copy runs on
     * into memory that is not there, and so the system leaves it where it is.
     *
     * @return how many bytes, {@link #NO_PART} if not even the first part fits, or another error's number below zero
     */
    int takeParts(int socket, long into, int length) {
        describe(into, length, 0);
        memory.putLong(VECTOR + 16, 0).putLong(VECTOR + 24, Integer.MAX_VALUE).putLong(VECTOR_COUNT_AT, 2);
        return SocketCalls.receive(socket, address, MSG_DONTWAIT);
    }

    /** Whether descriptors were met that were not opened: by a peek, anywhere in the socket. */
    boolean hasMore() {
        return (memory.getInt(FLAGS_AT) & MSG_CTRUNC) != 0;
    }

    /** What the last call opened: now the caller's, to be closed. */
    Descriptors opened() {
        if (memory.getLong(CONTROL_LENGTH_AT) < CONTROL_HEAD || memory.getInt(CONTROL + 12) != SCM_RIGHTS) {
            return Descriptors.none();
        }
        int count = (int) (memory.getLong(CONTROL) - CONTROL_HEAD) / Integer.BYTES;
        int[] numbers = new int[count];
        List<DescriptorKind> kinds = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers[i] = memory.getInt(CONTROL + CONTROL_HEAD + i * Integer.BYTES);
            kinds.add(kindOf(numbers[i]));
        }
        return new Descriptors(numbers, kinds);
    }

    /**
     * Sends descriptors with the first of these bytes.
     *
     * @return how many bytes, or an error's number below zero
     */
    int send(int socket, long from, int length, int[] numbers) {
        int used = CONTROL_HEAD + numbers.length * Integer.BYTES;
        describe(from, length, used);
        memory.putLong(CONTROL, used).putInt(CONTROL + 8, SOL_SOCKET).putInt(CONTROL + 12, SCM_RIGHTS);
        for (int i = 0; i < numbers.length; i++) {
            memory.putInt(CONTROL + CONTROL_HEAD + i * Integer.BYTES, numbers[i]);
        }
        return SocketCalls.send(socket, address, MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    private void describe(long bytes, int length, int controlLength) {
        memory.putLong(VECTOR, bytes).putLong(VECTOR + 8, length).putLong(VECTOR_COUNT_AT, 1);
        memory.putLong(CONTROL_AT, controlLength == 0 ? 0 : address + CONTROL)
                .putLong(CONTROL_LENGTH_AT, controlLength);
        memory.putInt(FLAGS_AT, 0);
    }

    private DescriptorKind kindOf(int descriptor) {
        int failed = SocketCalls.status(descriptor, address + EMPTY_PATH, AT_EMPTY_PATH, STATX_TYPE, address + STATUS);
        return failed < 0 ? DescriptorKind.OTHER : kindOfMode(memory.getShort(STATUS_MODE_AT) & 0xf000);
    }

    private static DescriptorKind kindOfMode(int type) {
        return switch (type) {
            case 0x8000 -> DescriptorKind.FILE;
            case 0xc000 -> DescriptorKind.SOCKET;
            case 0x1000 -> DescriptorKind.PIPE;
            case 0x2000, 0x6000 -> DescriptorKind.DEVICE;
            default -> DescriptorKind.OTHER;
        };
    }
}
