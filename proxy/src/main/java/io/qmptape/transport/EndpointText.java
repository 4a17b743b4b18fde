package io.qmptape.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads endpoints as people write them. */
final class EndpointText {
    private static final String FORMS =
            "unix:/path, unix:@name, tcp:host:port, tls:host:port, fd:N or the path of a unix socket";
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*)):([^:]*)");

    private EndpointText() {}

    static Endpoint parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an endpoint is " + FORMS + ", not empty");
        }
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return unix(text);
        }
        String rest = scheme.group(2);
        return switch (scheme.group(1)) {
            case "unix" -> rest.startsWith("@") ? new AbstractEndpoint(rest.substring(1)) : unix(rest);
            case "tcp" -> carrier("tcp", rest);
            case "tls" -> TlsText.parse(rest);
            case "fd" -> rest.equals("systemd") ? SocketActivation.ofThisProcess() : inherited(text, rest);
            case "listen" -> new TurnedEndpoint(TurnedEndpoint.Way.LISTEN, parse(rest));
            case "connect" -> new TurnedEndpoint(TurnedEndpoint.Way.CONNECT, parse(rest));
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is no endpoint: write " + FORMS + " (a path with a colon as ./" + text + ")");
        };
    }

    private static Endpoint unix(String path) {
        try {
            return new UnixEndpoint(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + path + "' cannot be a path: " + e.getReason(), e);
        }
    }

    /** @param scheme what stands in front of it, for the errors */
    static TcpEndpoint carrier(String scheme, String hostAndPort) {
        Matcher parts = HOST_AND_PORT.matcher(hostAndPort);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + scheme + ":" + hostAndPort + "' is no endpoint: write " + scheme
                    + ":host:port, IPv6 as " + scheme + ":[::1]:port");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new TcpEndpoint(host, port(scheme + ":" + hostAndPort, parts.group(3)));
    }

    private static Endpoint inherited(String text, String digits) {
        try {
            return new InheritedEndpoint(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' needs the number of a descriptor, as fd:3, or fd:systemd", e);
        }
    }

    private static int port(String text, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' needs a port from 0 to " + TcpEndpoint.MAX_PORT + " at its end, not '" + digits
                            + "'",
                    e);
        }
    }
}
