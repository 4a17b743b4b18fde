package io.qmptape.transport;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * A listening socket that this process was started with.
 *
 * @param place where it listens
 */
record InheritedSocket(int number, Endpoint place) {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int SOCK_STREAM = 1;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** @throws IOException why nobody can be accepted there */
    static InheritedSocket of(InheritedEndpoint endpoint) throws IOException {
        Socket socket = open(endpoint.number());
        if (option(socket, SO_TYPE) != SOCK_STREAM || option(socket, SO_ACCEPTCONN) == 0) {
            throw new IOException("it is no stream socket that listens");
        }
        return new InheritedSocket(endpoint.number(), placeOf(socket));
    }

    /** False too if it cannot be listened on, which whoever tries is told. */
    static boolean isTcp(InheritedEndpoint endpoint) {
        try {
            return of(endpoint).place() instanceof TcpEndpoint;
        } catch (IOException e) {
            return false;
        }
    }

    /** Netty asks it at once which family it is of. */
    private static Socket open(int number) throws IOException {
        try {
            return new Socket(number);
        } catch (ChannelException e) {
            throw new IOException("it is no socket that this process was started with", e);
        }
    }

    private static int option(Socket socket, int name) throws IOException {
        return socket.getIntOpt(SOL_SOCKET, name);
    }

    private static Endpoint placeOf(Socket socket) throws IOException {
        return switch (option(socket, SO_DOMAIN)) {
            case AF_UNIX -> unix(socket.localDomainSocketAddress().path());
            case AF_INET, AF_INET6 -> tcp(socket.localAddress());
            default -> throw new IOException("it is neither a unix nor a TCP socket");
        };
    }

    private static Endpoint unix(String path) {
        return path.startsWith("\0") ? new AbstractEndpoint(path.substring(1)) : new UnixEndpoint(Path.of(path));
    }

    private static Endpoint tcp(InetSocketAddress address) {
        return new TcpEndpoint(address.getAddress().getHostAddress(), address.getPort());
    }

    /** To be accepted on by an event loop: who passes sockets leaves them blocking as often as not. */
    InheritedSocket unblocked() throws IOException {
        SocketCalls.unblock(number);
        return this;
    }
}
