package io.qmptape.transport;

/**
 * A TCP port.
 *
 * @param host a name or an address; IPv6 without its brackets
 * @param port 0 lets the system choose, for listening only
 */
public record TcpEndpoint(String host, int port) implements Endpoint {
    static final int MAX_PORT = 65_535;

    public TcpEndpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("tcp: needs a host, as in tcp:localhost:4444");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is a number from 0 to " + MAX_PORT + ", not " + port);
        }
    }

    @Override
    public String toString() {
        return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
