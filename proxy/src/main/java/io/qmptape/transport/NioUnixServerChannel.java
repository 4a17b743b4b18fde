package io.qmptape.transport;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioMessageChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listening unix socket over Java's own selectors, whose connections are {@link NioUnixChannel}s. Owns the socket, not its file. */
final class NioUnixServerChannel extends AbstractNioMessageChannel implements ServerChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private final ChannelConfig config = new Config();
    private volatile boolean isBound;

    NioUnixServerChannel() {
        super(null, open(), SelectionKey.OP_ACCEPT);
    }

    private static ServerSocketChannel open() {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isActive() {
        return isBound && isOpen();
    }

    @Override
    protected void doBind(SocketAddress address) throws IOException {
        socket().bind(address, NetUtil.SOMAXCONN);
        isBound = true;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        SocketChannel connected = socket().accept();
        if (connected == null) {
            return 0;
        }
        accepted.add(new NioUnixChannel(this, connected));
        return 1;
    }

    @Override
    protected void doClose() throws Exception {
        super.doClose();
        socket().close();
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
        return null;
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected void doFinishConnect() {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected void doDisconnect() {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected boolean doWriteMessage(Object message, ChannelOutboundBuffer queue) {
        throw new UnsupportedOperationException("it listens");
    }

    private ServerSocketChannel socket() {
        return (ServerSocketChannel) javaChannel();
    }

    private final class Config extends DefaultChannelConfig {
        Config() {
            super(NioUnixServerChannel.this, new ServerChannelRecvByteBufAllocator());
        }

        @Override
        protected void autoReadCleared() {
            clearReadPending();
        }
    }
}
