package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Linux. */
final class EpollSockets implements Sockets {
    @Override
    public IoHandlerFactory ioHandlers() {
        return SteadyEpoll.newFactory();
    }

    @Override
    public ChannelFactory<ServerChannel> serverFor(Endpoint endpoint) {
        return endpoint instanceof TcpEndpoint ? EpollServerSocketChannel::new : EpollServerDomainSocketChannel::new;
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
        boolean isTcp = endpoint instanceof TcpEndpoint;
        return bootstrap
                .channel(isTcp ? EpollSocketChannel.class : EpollDomainSocketChannel.class)
                .connect(address);
    }

    @Override
    public boolean mustBeToldToKeepHalfClose(Endpoint endpoint) {
        return true;
    }

    @Override
    public boolean carriesPeerIdentity() {
        return true;
    }

    @Override
    public List<String> missing() {
        return List.of();
    }
}
