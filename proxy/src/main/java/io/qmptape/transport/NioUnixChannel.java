package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connected unix socket over Java's own selectors that outlives the end of its input. Netty 4.2's channel of this kind
 * closes both directions there: it takes half-close for a matter of TCP.
 *
 * <p>Owns the socket. Its state is touched by its loop only.
 */
final class NioUnixChannel extends AbstractNioByteChannel implements HalfClosable {
    private final ChannelConfig config = new Config();
    private volatile boolean isInputShutdown;
    private volatile boolean isOutputShutdown;

    /** @param parent the server that accepted it, or null */
    NioUnixChannel(@Nullable Channel parent, SocketChannel connected) {
        super(parent, connected);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isActive() {
        return socket().isConnected() && socket().isOpen();
    }

    @Override
    protected int doReadBytes(ByteBuf into) throws IOException {
        int count = into.writeBytes(socket(), into.writableBytes());
        if (count >= 0) {
            return count;
        }
        isInputShutdown = true;
        // behind the reads of this turn; "nothing read" in place of -1 keeps the superclass from closing
        eventLoop().execute(() -> pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
        return 0;
    }

    @Override
    protected int doWriteBytes(ByteBuf bytes) throws IOException {
        return bytes.readBytes(socket(), bytes.readableBytes());
    }

    @Override
    protected long doWriteFileRegion(FileRegion region) throws IOException {
        return region.transferTo(socket(), region.transferred());
    }

    @Override
    protected boolean isInputShutdown0() {
        return isInputShutdown;
    }

    @Override
    public boolean isInputShutdown() {
        return isInputShutdown || !isActive();
    }

    @Override
    public ChannelFuture shutdownInput() {
        return HalfClosable.super.shutdownInput();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise done) {
        isInputShutdown = true;
        return done.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return isOutputShutdown || !isActive();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise done) {
        // fails what is still queued, then comes back to doShutdownOutput
        eventLoop().execute(() -> ((AbstractUnsafe) unsafe()).shutdownOutput(done));
        return done;
    }

    @Override
    protected void doShutdownOutput() throws IOException {
        isOutputShutdown = true;
        socket().shutdownOutput();
    }

    @Override
    protected void doClose() throws Exception {
        super.doClose();
        socket().close();
    }

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        try {
            return socket().getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        try {
            return socket().getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    protected void doFinishConnect() {
        throw new UnsupportedOperationException("it is connected already");
    }

    private SocketChannel socket() {
        return (SocketChannel) javaChannel();
    }

    private final class Config extends DefaultChannelConfig {
        Config() {
            super(NioUnixChannel.this);
        }

        @Override
        protected void autoReadCleared() {
            clearReadPending();
        }
    }
}
