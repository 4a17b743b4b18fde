package io.qmptape.transport;

/** One socket, in the form that people write. {@code toString} gives the canonical form back. */
public sealed interface Endpoint
        permits UnixEndpoint,
                InterposedEndpoint,
                AsideEndpoint,
                AbstractEndpoint,
                TcpEndpoint,
                TlsEndpoint,
                InheritedEndpoint,
                TurnedEndpoint {
    /**
     * Reads {@code unix:/path}, {@code unix:@name}, {@code tcp:host:port} (IPv6 in brackets), {@code tls:host:port} with
     * {@code ,creds=DIR} and {@code ,verify-peer=off} where these are not usual, {@code fd:N} for a listening socket that this
     * process was started with, {@code fd:systemd} for the one that systemd passed, or the bare path of a unix socket; and each
     * with {@code listen:} or {@code connect:} in front, to say who is to listen there.
     *
     * @throws IllegalArgumentException in one line what is wrong and what to write
     */
    static Endpoint parse(String text) {
        return EndpointText.parse(text);
    }

    /** Where it is, without what only we have to know to get there. */
    default String address() {
        return toString();
    }

    /**
     * Where to listen.
     *
     * @throws IllegalArgumentException if it says that one connects to it
     */
    default Endpoint toListenAt() {
        return this;
    }

    /**
     * What to connect to.
     *
     * @throws IllegalArgumentException if that cannot be
     */
    default Endpoint toDial() {
        return this;
    }
}
