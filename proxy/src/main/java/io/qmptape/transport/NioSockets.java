package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;

/** The portable family: what every Java has. */
final class NioSockets implements Sockets {
    @Override
    public IoHandlerFactory ioHandlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public ChannelFactory<ServerChannel> serverFor(Endpoint endpoint) {
        refuseAbstract(endpoint);
        return endpoint instanceof TcpEndpoint ? NioServerSocketChannel::new : NioUnixServerChannel::new;
    }

    @Override
    public ChannelFactory<ServerChannel> serverOn(InheritedSocket socket) {
        throw new IllegalArgumentException("fd:" + socket.number() + " needs Linux's epoll, which is missing here");
    }

    @Override
    public SocketAddress address(Endpoint endpoint) {
        refuseAbstract(endpoint);
        return UnixDomainSocketAddress.of(((UnixEndpoint) endpoint).path());
    }

    @Override
    public ChannelFuture dial(Bootstrap bootstrap, Endpoint endpoint, SocketAddress address) {
        if (endpoint instanceof TcpEndpoint) {
            return bootstrap.channel(NioSocketChannel.class).connect(address);
        }
        SocketChannel connected = connect(address);
        Channel channel = new NioUnixChannel(null, connected);
        return bootstrap.channelFactory(() -> channel).register();
    }

    /**
     * Without Netty's connect, which would wait for an end of what is never under way for a unix socket: it is connected at
     * once or the backlog is full.
     */
    private static SocketChannel connect(SocketAddress address) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                if (!channel.connect(address)) {
                    throw new ConnectException("Resource temporarily unavailable");
                }
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseAbstract(Endpoint endpoint) {
        if (endpoint instanceof AbstractEndpoint) {
            throw new IllegalArgumentException(endpoint + " needs Linux's epoll, which is missing here: use a path");
        }
    }

    @Override
    public boolean mustBeToldToKeepHalfClose(Endpoint endpoint) {
        return endpoint instanceof TcpEndpoint;
    }

    @Override
    public boolean carriesPeerIdentity() {
        return false;
    }

    @Override
    public List<String> missing() {
        return List.of(
                NO_DESCRIPTORS,
                "abstract sockets (unix:@name) cannot be used",
                "processes at unix sockets stay unknown (pid, user, command, -name and -uuid)",
                "who ends its sending on a unix socket and later leaves is missed only when something is written to it");
    }
}
