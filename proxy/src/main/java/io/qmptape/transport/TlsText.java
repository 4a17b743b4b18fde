package io.qmptape.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Reads what stands behind {@code tls:}, in the manner of QEMU's options: a comma in a value is doubled. */
final class TlsText {
    private TlsText() {}

    static TlsEndpoint parse(String rest) {
        Iterator<String> parts = parts(rest).iterator();
        TlsEndpoint endpoint =
                new TlsEndpoint(EndpointText.carrier("tls", parts.next()), TlsEndpoint.USUAL_CREDENTIALS, true);
        while (parts.hasNext()) {
            endpoint = with(endpoint, parts.next());
        }
        return endpoint;
    }

    private static List<String> parts(String rest) {
        return Arrays.stream(rest.replace(",,", "\0").split(",", -1))
                .map(part -> part.replace('\0', ','))
                .toList();
    }

    private static TlsEndpoint with(TlsEndpoint endpoint, String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        return switch (name) {
            case "creds" -> new TlsEndpoint(endpoint.carrier(), directory(value), endpoint.verifiesPeer());
            case "verify-peer" -> new TlsEndpoint(endpoint.carrier(), endpoint.credentials(), isOn(value));
            default ->
                throw new IllegalArgumentException("tls: has no option '" + option
                        + "': write tls:host:port,creds=DIR and, to look at no certificate, verify-peer=off");
        };
    }

    private static Path directory(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("creds= needs a directory, as in tls:host:port,creds=/etc/pki/qemu");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + value + "' cannot be a directory: " + e.getReason(), e);
        }
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("verify-peer= is on or off, not '" + value + "'");
        };
    }
}
