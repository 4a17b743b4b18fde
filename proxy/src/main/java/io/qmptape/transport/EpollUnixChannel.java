package io.qmptape.transport;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connected unix socket in epoll that outlives the end of its input: its registration and its ends. What goes through it
 * is the matter of the class below. Its unsafe is an {@link EpollIoHandle}.
 *
 * <p>Owns the socket. Its state is touched by its loop only.
 */
abstract sealed class EpollUnixChannel extends AbstractChannel implements UnixChannel, HalfClosable
        permits DescriptorChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private final Socket socket;
    private @Nullable IoRegistration registration;
    private EpollIoOps asked = EpollIoOps.NONE;
    private volatile boolean isInputShutdown;

    EpollUnixChannel(@Nullable Channel parent, Socket connected) {
        super(parent);
        this.socket = connected;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public boolean isActive() {
        return socket.isOpen();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class);
    }

    @Override
    protected void doRegister(ChannelPromise done) {
        Future<IoRegistration> registered = ((IoEventLoop) eventLoop()).register((EpollIoHandle) unsafe());
        registered.addListener((Future<IoRegistration> answer) -> {
            if (answer.isSuccess()) {
                registration = answer.getNow();
                if (!asked.equals(EpollIoOps.NONE)) {
                    submit();
                }
                done.setSuccess();
            } else {
                done.setFailure(answer.cause());
            }
        });
    }

    @Override
    protected void doDeregister() {
        IoRegistration known = registration;
        registration = null;
        if (known != null) {
            known.cancel();
        }
    }

    /** What epoll is to tell. */
    EpollIoOps asked() {
        return asked;
    }

    void stopReading() {
        ask(asked.without(EpollIoOps.EPOLLIN));
    }

    void ask(EpollIoOps wanted) {
        if (!wanted.equals(asked)) {
            asked = wanted;
            submit();
        }
    }

    private void submit() {
        if (registration != null && registration.isValid()) {
            registration.submit(asked);
        }
    }

    void inputEnded() {
        isInputShutdown = true;
        stopReading();
    }

    @Override
    protected void doShutdownOutput() throws IOException {
        socket.shutdown(false, true);
    }

    @Override
    protected void doClose() throws IOException {
        isInputShutdown = true;
        doDeregister();
        socket.close();
    }

    @Override
    protected void doDisconnect() throws IOException {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    protected SocketAddress localAddress0() {
        return socket.localDomainSocketAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return socket.remoteDomainSocketAddress();
    }

    @Override
    public boolean isInputShutdown() {
        return isInputShutdown;
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise done) {
        isInputShutdown = true;
        eventLoop().execute(this::stopReading);
        return done.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise done) {
        // fails what is still queued, then comes back to doShutdownOutput
        eventLoop().execute(() -> ((AbstractUnsafe) unsafe()).shutdownOutput(done));
        return done;
    }
}
