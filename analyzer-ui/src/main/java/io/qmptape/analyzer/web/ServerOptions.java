package io.qmptape.analyzer.web;

/**
 * Where the analyzer listens; the address is always the loopback's.
 *
 * @param port 0 for any that is free
 */
public record ServerOptions(int port) {
    public static final int DEFAULT_PORT = 8470;

    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    public static ServerOptions usual() {
        return new ServerOptions(DEFAULT_PORT);
    }

    public static ServerOptions anyPort() {
        return new ServerOptions(0);
    }
}
