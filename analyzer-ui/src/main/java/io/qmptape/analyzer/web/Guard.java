package io.qmptape.analyzer.web;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What every request passes first. The Host allow-list keeps a foreign site from reaching this server under a name of
 * its own (DNS rebinding); the headers keep recorded text from ever becoming code.
 */
final class Guard {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private Guard() {}

    /** @throws Refusal if the request was meant for another host */
    static void check(Context context) {
        HEADERS.forEach(context::header);
        String host = context.host();
        if (host == null || !isOurs(host.toLowerCase(Locale.ROOT), context.req().getLocalPort())) {
            throw Refusal.misdirected("This server answers to 127.0.0.1, localhost and [::1] with its own port only.");
        }
    }

    /** @param port the one that the connection came to */
    static boolean isOurs(String host, int port) {
        int colon = host.lastIndexOf(':');
        return colon > 0
                && NAMES.contains(host.substring(0, colon))
                && host.substring(colon + 1).equals(Integer.toString(port));
    }
}
