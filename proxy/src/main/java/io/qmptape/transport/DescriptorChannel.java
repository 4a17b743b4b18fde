package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connected unix socket whose file descriptors pass along with its bytes: it reads and writes buffers, and {@link Parcel}s
 * where descriptors came. It outlives the end of its input.
 *
 * <p>Where the system has no room for the next descriptors, they stay where they are; the connection fails if that takes
 * long. Nothing passes without its descriptors.
 *
 * <p>Owns the socket. Its state is touched by its loop only.
 */
final class DescriptorChannel extends EpollUnixChannel {
    private static final int RETRY_MILLIS = 50;

    private final Intake intake;
    private final Outlet outlet;
    private final ChannelConfig config = new Config();
    private final Standstill coming = new Standstill("this process may open no more: raise its limit of open files");
    private final Standstill going = new Standstill("too many of this user's are under way and unread");

    /** @param parent the server that accepted it, or null */
    DescriptorChannel(@Nullable Channel parent, Socket connected) {
        super(parent, connected);
        this.intake = new Intake(connected);
        this.outlet = new Outlet(connected);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Unsafe();
    }

    @Override
    protected void doBeginRead() {
        if (!isInputShutdown() && !coming.isOn()) {
            ask(asked().with(EpollIoOps.EPOLLIN));
        }
    }

    /** False when there is nothing more for now. */
    private boolean readOnce(RecvByteBufAllocator.Handle handle) throws IOException {
        ByteBuf bytes = config.getAllocator().directBuffer(handle.guess());
        try {
            handle.attemptedBytesRead(bytes.writableBytes());
            int found = intake.look(bytes);
            handle.lastBytesRead(found);
            if (found > 0) {
                coming.end();
                handle.incMessagesRead(1);
                pass(bytes, intake.descriptors());
            } else if (found == Intake.END) {
                endInput();
            } else if (intake.isRefused()) {
                lookLater();
            }
            return found > 0;
        } finally {
            bytes.release();
        }
    }

    private void pass(ByteBuf bytes, Descriptors descriptors) throws IOException {
        intake.keep(bytes);
        ByteBuf passed = bytes.retain();
        pipeline().fireChannelRead(descriptors.isEmpty() ? passed : new Parcel(passed, descriptors));
        intake.take();
    }

    private void endInput() {
        inputEnded();
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    private void lookLater() throws IOException {
        coming.hold();
        stopReading();
        eventLoop().schedule(this::lookAgain, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        if (config.isAutoRead() && isOpen()) {
            ask(asked().with(EpollIoOps.EPOLLIN));
        } else {
            coming.end();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof Parcel parcel && Outlet.takes(parcel.bytes())) {
            return message;
        }
        if (message instanceof Parcel parcel) {
            Parcel fit = new Parcel(copy(parcel.bytes()), parcel.descriptors());
            parcel.release();
            return fit;
        }
        ByteBuf bytes = (ByteBuf) message;
        if (Outlet.takes(bytes)) {
            return bytes;
        }
        ByteBuf fit = copy(bytes);
        bytes.release();
        return fit;
    }

    private ByteBuf copy(ByteBuf bytes) {
        return alloc().directBuffer(bytes.readableBytes())
                .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer queue) throws IOException {
        Outlet.Outcome outcome = Outlet.Outcome.DONE;
        for (int left = config.getWriteSpinCount(); left > 0 && outcome == Outlet.Outcome.DONE; left--) {
            Object message = queue.current();
            if (message == null) {
                break;
            }
            outcome = outlet.write(queue, message);
        }
        if (outcome == Outlet.Outcome.CROWDED) {
            writeLater();
        } else {
            going.end();
            ask(queue.isEmpty() ? asked().without(EpollIoOps.EPOLLOUT) : asked().with(EpollIoOps.EPOLLOUT));
        }
    }

    private void writeLater() throws IOException {
        going.hold();
        ask(asked().without(EpollIoOps.EPOLLOUT));
        eventLoop().schedule(((Unsafe) unsafe())::writeOn, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What was passed on must not look unread to the other side: that would be a reset to it. */
    @Override
    protected void doClose() throws IOException {
        try {
            intake.take();
        } finally {
            super.doClose();
        }
    }

    private final class Config extends DefaultChannelConfig {
        Config() {
            super(DescriptorChannel.this);
            setMessageSizeEstimator(Parcel.weights(getMessageSizeEstimator()));
        }

        @Override
        protected void autoReadCleared() {
            stopReading();
        }
    }

    private final class Unsafe extends AbstractUnsafe implements EpollIoHandle {
        private static final int WRITABLE = 0x4;
        private static final int FAILED = 0x8;

        @Override
        public FileDescriptor fd() {
            return DescriptorChannel.this.fd();
        }

        @Override
        public void handle(IoRegistration from, IoEvent event) {
            int ready = ((EpollIoEvent) event).ops().value();
            if ((ready & (WRITABLE | FAILED)) != 0) {
                writeOn();
            }
            // also at a hang-up, which may stand behind bytes; not while nobody wants them
            if (asked().contains(EpollIoOps.EPOLLIN) && ready != WRITABLE) {
                readOn();
            }
        }

        /** A socket that failed reports again and again that it can be written to. */
        void writeOn() {
            if (outboundBuffer() == null) {
                ask(asked().without(EpollIoOps.EPOLLOUT));
            } else {
                super.flush0();
            }
        }

        /** A full socket is written to again when it says that it has room. */
        @Override
        protected void flush0() {
            if (!asked().contains(EpollIoOps.EPOLLOUT)) {
                super.flush0();
            }
        }

        private void readOn() {
            RecvByteBufAllocator.Handle handle = recvBufAllocHandle();
            handle.reset(config);
            try {
                while (readOnce(handle) && isOpen() && handle.continueReading()) {
                    // on to the next one
                }
            } catch (IOException e) {
                pipeline().fireExceptionCaught(e);
                endInput();
            }
            handle.readComplete();
            pipeline().fireChannelReadComplete();
        }

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise done) {
            done.setFailure(new UnsupportedOperationException("it is connected already"));
        }

        @Override
        public void close() {
            close(voidPromise());
        }
    }
}
