package io.qmptape.transport;

/** Where a server listens, in the form that people write. {@code toString} gives the canonical form back. */
public sealed interface Endpoint
        permits UnixEndpoint, InterposedEndpoint, AsideEndpoint, AbstractEndpoint, TcpEndpoint {
    /**
     * Reads {@code unix:/path}, {@code unix:@name}, {@code tcp:host:port} (IPv6 in brackets) or the bare path of a unix
     * socket.
     *
     * @throws IllegalArgumentException in one line what is wrong and what to write
     */
    static Endpoint parse(String text) {
        return EndpointText.parse(text);
    }
}
