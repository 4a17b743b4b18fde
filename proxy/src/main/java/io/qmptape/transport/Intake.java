package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a unix socket so that descriptors are found at the very byte that they came with.
 *
 * <p>The system keeps what was sent in parts, and descriptors are those of a part. A plain read takes bytes from in front of
 * that part along and does not tell where it began. So the socket is looked into first: a look without room for descriptors
 * opens none and tells whether some are ahead. If not, what was seen is passed on, and only then taken out of the socket:
 * looking costs no time on the way. If so, the look has stopped at the end of their part, and taking whole parts that end
 * before brings just the bytes in front of it, with one call however many they are.
 *
 * <pre>
 *   look --none ahead---------------------> pass on --> take
 *    +--some ahead, parts in front--> take -----------> pass on
 *    +--theirs is the first part----> look and open --> pass on --> take
 * </pre>
 *
 * Used by the socket's loop only.
 */
final class Intake {
    /** A look's answer: the other side sends no more. */
    static final int END = -1;

    /** No part of a message with descriptors is longer: 32 KiB and a page, with pages of up to 64 KiB. */
    private static final int LONGEST_PART = 160 << 10;

    private static final int ECONNRESET = -104;

    private final Socket socket;
    private final MessageBlock block = new MessageBlock();
    private Descriptors descriptors = Descriptors.none();
    private boolean isRefused;
    private boolean isTaken;
    private @Nullable ByteBuf seen;

    Intake(Socket socket) {
        this.socket = socket;
    }

    /**
     * Copies what waits into an empty direct buffer.
     *
     * @return how many bytes were found, 0 if none now, {@link #END} at the end; a reset is an end
     */
    int look(ByteBuf into) throws IOException {
        isRefused = false;
        isTaken = false;
        int found = peek(into);
        if (found > 0 && block.hasMore()) {
            found = upToDescriptors(into, found);
        }
        into.writerIndex(Math.max(0, found));
        return found;
    }

    /** Those of the last look's first byte, now the caller's. */
    Descriptors descriptors() {
        return descriptors.moved();
    }

    /** Whether the last look found nothing because the system refused this process the descriptors that come next. */
    boolean isRefused() {
        return isRefused;
    }

    /** Remembers what the last look found until it is {@linkplain #take() taken} out of the socket. */
    void keep(ByteBuf found) {
        if (!isTaken) {
            seen = found.retain();
        }
    }

    /** Takes it out, into the buffer that holds the same bytes already: whoever reads there meanwhile sees no change. */
    void take() throws IOException {
        ByteBuf found = seen;
        if (found == null) {
            return;
        }
        seen = null;
        try {
            ByteBuffer same = found.internalNioBuffer(0, found.writerIndex());
            for (int at = same.position(); at < same.limit(); ) {
                int taken = socket.read(same, at, same.limit());
                if (taken <= 0) {
                    throw new IOException("someone else reads from this socket");
                }
                at += taken;
            }
        } finally {
            found.release();
        }
    }

    private int upToDescriptors(ByteBuf into, int found) throws IOException {
        int end = found;
        if (end == into.writableBytes()) {
            into.ensureWritable(LONGEST_PART);
            end = peek(into);
        }
        int inFront = block.takeParts(socket.intValue(), addressOf(into), end - 1);
        if (inFront == MessageBlock.NO_PART && end < into.writableBytes()) {
            return open(into);
        }
        if (inFront == MessageBlock.NO_PART || block.hasMore()) {
            throw new IOException("this system keeps descriptors in another way than it did when that was tried");
        }
        isTaken = true;
        return checked(inFront);
    }

    /** The first part is theirs: what is opened now stays in the socket until it is taken. */
    private int open(ByteBuf into) throws IOException {
        int found = checked(block.peekAndOpen(socket.intValue(), addressOf(into), into.writableBytes()));
        descriptors = block.opened();
        if (block.hasMore()) {
            descriptors.close();
            isRefused = true;
            return 0;
        }
        return found;
    }

    private int peek(ByteBuf into) throws IOException {
        return checked(block.peek(socket.intValue(), addressOf(into), into.writableBytes()));
    }

    private static int checked(int result) throws IOException {
        if (result > 0) {
            return result;
        }
        boolean isEnd = result == 0 || result == ECONNRESET;
        return isEnd ? END : Errors.ioResult("recvmsg", result);
    }

    static long addressOf(ByteBuf direct) {
        if (direct.hasMemoryAddress()) {
            return direct.memoryAddress();
        }
        ByteBuffer view = direct.internalNioBuffer(0, direct.capacity());
        return Buffer.memoryAddress(view) + view.position();
    }
}
