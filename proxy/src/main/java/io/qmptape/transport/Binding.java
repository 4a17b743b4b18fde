package io.qmptape.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Binds one listener. */
final class Binding {
    private final Sockets sockets;
    private final EventLoopGroup group;
    private final Manner manner;

    /** What becomes of those who come. */
    private interface Manner {
        ServerBootstrap bootstrap(Endpoint endpoint, Optional<Tls> tls);
    }

    private Binding(Sockets sockets, EventLoopGroup group, Manner manner) {
        this.sockets = sockets;
        this.group = group;
        this.manner = manner;
    }

    /** @param child set up on each accepted channel's own loop */
    static Binding accepting(Sockets sockets, EventLoopGroup group, ChannelHandler child) {
        return new Binding(
                sockets,
                group,
                (endpoint, tls) -> new ServerBootstrap()
                        .childHandler(tls.map(secured -> secured.under(child)).orElse(child)));
    }

    /** For those that are given a loop later. */
    static Binding admitting(Sockets sockets, EventLoopGroup group, Callers callers) {
        return new Binding(
                sockets,
                group,
                (endpoint, tls) -> new ServerBootstrap()
                        .handler(callers.door(endpoint, tls))
                        .childHandler(new NoHandler()));
    }

    @ChannelHandler.Sharable
    private static final class NoHandler extends ChannelHandlerAdapter {}

    Listener listen(Endpoint endpoint, Optional<Endpoint> model) {
        try {
            return bind(endpoint.toListenAt(), model);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private Listener bind(Endpoint endpoint, Optional<Endpoint> model) throws IOException {
        if (endpoint instanceof UnixEndpoint unix) {
            return bindFile(unix, model);
        }
        if (endpoint instanceof InterposedEndpoint interposed) {
            return bindInFront(interposed);
        }
        if (endpoint instanceof InheritedEndpoint inherited) {
            return takeOver(InheritedSocket.of(inherited).unblocked());
        }
        if (endpoint instanceof TcpEndpoint tcp) {
            Channel channel = bindPort(tcp, Optional.empty());
            return new Listener(new TcpEndpoint(tcp.host(), portOf(channel)), channel, Optional.empty());
        }
        if (endpoint instanceof TlsEndpoint tls) {
            Channel channel = bindPort(tls.carrier(), Optional.of(Tls.listening(tls)));
            return new Listener(tls.at(portOf(channel)), channel, Optional.empty());
        }
        return new Listener(endpoint, bind(endpoint, sockets.address(endpoint)), Optional.empty());
    }

    private Channel bindPort(TcpEndpoint tcp, Optional<Tls> tls) throws IOException {
        return await(bootstrap(tcp, tls).channelFactory(sockets.serverFor(tcp)).bind(resolve(tcp)));
    }

    private static int portOf(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private Listener bindFile(UnixEndpoint endpoint, Optional<Endpoint> model) throws IOException {
        SocketMode mode = SocketMode.like(model);
        try (SocketStage stage = SocketStage.beside(endpoint.path())) {
            Channel channel = bind(endpoint, sockets.address(new UnixEndpoint(stage.socket())));
            try {
                return new Listener(endpoint, channel, Optional.of(stage.publish(mode)));
            } catch (IOException e) {
                channel.close().awaitUninterruptibly();
                throw e;
            }
        }
    }

    private Listener bindInFront(InterposedEndpoint endpoint) throws IOException {
        MonitorSocket monitor = MonitorSocket.of(endpoint);
        try (SocketStage stage = SocketStage.inFrontOf(endpoint.path())) {
            Channel channel = bind(endpoint, sockets.address(new UnixEndpoint(stage.socket())));
            try {
                return new Listener(endpoint, channel, Optional.of(Interposition.of(monitor, stage)));
            } catch (IOException e) {
                channel.close().awaitUninterruptibly();
                throw e;
            }
        }
    }

    /** Its file stays: it is not ours. */
    private Listener takeOver(InheritedSocket socket) throws IOException {
        ServerBootstrap bootstrap =
                bootstrap(socket.place(), Optional.empty()).channelFactory(sockets.serverOn(socket));
        return new Listener(socket.place(), await(bootstrap.register()), Optional.empty());
    }

    private Channel bind(Endpoint endpoint, SocketAddress address) throws IOException {
        return await(bootstrap(endpoint, Optional.empty())
                .channelFactory(sockets.serverFor(endpoint))
                .bind(address));
    }

    private ServerBootstrap bootstrap(Endpoint endpoint, Optional<Tls> tls) {
        return ChannelOptions.applyTo(manner.bootstrap(endpoint, tls), sockets, endpoint)
                .group(group);
    }

    private static Channel await(ChannelFuture bound) throws IOException {
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(SocketFault.words(bound.cause()), bound.cause());
        }
        return bound.channel();
    }

    private static SocketAddress resolve(TcpEndpoint tcp) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
        } catch (UnknownHostException e) {
            throw new IOException("the host '" + tcp.host() + "' is not known", e);
        }
    }
}
