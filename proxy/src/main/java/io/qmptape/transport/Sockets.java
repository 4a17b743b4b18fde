package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.util.List;

/** One family of channel classes; all keep half-close. */
sealed interface Sockets permits EpollSockets, NioSockets {
    String NO_DESCRIPTORS = "file descriptors (add-fd, getfd) do not pass";

    IoHandlerFactory ioHandlers();

    /** @throws IllegalArgumentException if this family has no such sockets */
    ChannelFactory<ServerChannel> serverFor(Endpoint endpoint);

    /**
     * For a socket that listens already.
     *
     * @throws IllegalArgumentException if this family cannot take it over
     */
    ChannelFactory<ServerChannel> serverOn(InheritedSocket socket);

    /** The address of a unix socket, or of an abstract one. */
    SocketAddress address(Endpoint endpoint);

    /** Connects on the bootstrap's loop. */
    ChannelFuture dial(Bootstrap bootstrap, Endpoint endpoint, SocketAddress address);

    /** Whether such a channel closes both directions at the end of one unless an option says otherwise. */
    boolean mustBeToldToKeepHalfClose(Endpoint endpoint);

    boolean carriesPeerIdentity();

    /** What a user must do without, a line each. */
    List<String> missing();
}
