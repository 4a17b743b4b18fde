package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * Writes buffers and parcels to a unix socket. A parcel is a message of its own, so that its descriptors come with its first
 * byte; they are closed here as soon as the system has them. Used by the socket's loop only.
 */
final class Outlet {
    /** What came of a write. */
    enum Outcome {
        /** All of the message is with the system. */
        DONE,
        /** The system takes no more bytes now. */
        FULL,
        /** The system takes no more descriptors now: too many of this user's are under way. */
        CROWDED
    }

    private static final int ETOOMANYREFS = -109;

    private final Socket socket;
    private final MessageBlock block = new MessageBlock();

    Outlet(Socket socket) {
        this.socket = socket;
    }

    /** What can be written is: direct and in one piece. */
    static boolean takes(ByteBuf bytes) {
        return bytes.isDirect() && bytes.nioBufferCount() == 1;
    }

    /** Writes the queue's first message, or some of it. */
    Outcome write(ChannelOutboundBuffer queue, Object message) throws IOException {
        if (message instanceof Parcel parcel) {
            return writeParcel(queue, parcel);
        }
        ByteBuf bytes = (ByteBuf) message;
        return settle(queue, bytes, writePlain(bytes));
    }

    private Outcome writeParcel(ChannelOutboundBuffer queue, Parcel parcel) throws IOException {
        ByteBuf bytes = parcel.bytes();
        if (parcel.descriptors().isEmpty()) {
            return settle(queue, bytes, writePlain(bytes));
        }
        int sent = block.send(
                socket.intValue(),
                Intake.addressOf(bytes) + bytes.readerIndex(),
                bytes.readableBytes(),
                parcel.descriptors().numbers());
        if (sent == ETOOMANYREFS) {
            return Outcome.CROWDED;
        }
        int written = sent < 0 ? Errors.ioResult("sendmsg", sent) : sent;
        if (written > 0) {
            parcel.descriptors().close();
        }
        return settle(queue, bytes, written);
    }

    private int writePlain(ByteBuf bytes) throws IOException {
        if (bytes.hasMemoryAddress()) {
            return socket.writeAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        }
        var view = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
        return socket.write(view, view.position(), view.limit());
    }

    private static Outcome settle(ChannelOutboundBuffer queue, ByteBuf bytes, int written) {
        bytes.skipBytes(written);
        queue.progress(written);
        if (bytes.isReadable()) {
            return Outcome.FULL;
        }
        queue.remove();
        return Outcome.DONE;
    }
}
