package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/** Linux. Unix sockets carry descriptors where the system calls for that can be reached. */
final class EpollSockets implements Sockets {
    private final Optional<String> lack = Rehearsal.lack();

    @Override
    public IoHandlerFactory ioHandlers() {
        return SteadyEpoll.newFactory();
    }

    @Override
    public ChannelFactory<ServerChannel> serverFor(Endpoint endpoint) {
        if (endpoint instanceof TcpEndpoint) {
            return EpollServerSocketChannel::new;
        }
        return lack.isPresent() ? EpollServerDomainSocketChannel::new : EpollSockets::carryingServer;
    }

    @Override
    public ChannelFactory<ServerChannel> serverOn(InheritedSocket socket) {
        if (socket.place() instanceof TcpEndpoint) {
            return () -> new EpollServerSocketChannel(socket.number());
        }
        return () -> {
            EpollServerDomainSocketChannel server = new EpollServerDomainSocketChannel(socket.number(), true);
            return lack.isPresent() ? server : carrying(server);
        };
    }

    private static ServerChannel carryingServer() {
        return carrying(new EpollServerDomainSocketChannel());
    }

    /** The swap stands in front of whatever will accept. */
    private static ServerChannel carrying(EpollServerDomainSocketChannel server) {
        server.pipeline().addLast(new AcceptedSwap());
        return server;
    }

    @Override
    public SocketAddress address(Endpoint endpoint) {
        // a zero in front is the kernel's mark of an abstract name
        return new DomainSocketAddress(
                endpoint instanceof AbstractEndpoint named
                        ? "\0" + named.name()
                        : ((UnixEndpoint) endpoint).path().toString());
    }

    @Override
    public ChannelFuture dial(Bootstrap bootstrap, Endpoint endpoint, SocketAddress address) {
        if (endpoint instanceof TcpEndpoint) {
            return bootstrap.channel(EpollSocketChannel.class).connect(address);
        }
        if (lack.isPresent()) {
            return bootstrap.channel(EpollDomainSocketChannel.class).connect(address);
        }
        Channel channel = new DescriptorChannel(null, connect(address));
        return bootstrap.channelFactory(() -> channel).register();
    }

    /** A unix socket is connected at once or not at all. */
    private static Socket connect(SocketAddress address) {
        Socket socket = Socket.newSocketDomain();
        try {
            if (!socket.connect(address)) {
                throw new ConnectException("Resource temporarily unavailable");
            }
            return socket;
        } catch (IOException e) {
            close(socket);
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean mustBeToldToKeepHalfClose(Endpoint endpoint) {
        return endpoint instanceof TcpEndpoint || lack.isPresent();
    }

    @Override
    public boolean carriesPeerIdentity() {
        return true;
    }

    @Override
    public List<String> missing() {
        return lack.map(reason -> List.of(NO_DESCRIPTORS + ": " + reason)).orElse(List.of());
    }
}
