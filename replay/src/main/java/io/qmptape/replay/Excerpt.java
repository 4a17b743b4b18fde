package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Span;
import java.util.Comparator;
import java.util.List;

/** Bytes of the wire as a report shows them: on one line, cut short, without secrets and without control characters. */
final class Excerpt {
    static final int MAX_CHARACTERS = 300;
    static final String HIDDEN = "(hidden)";

    private Excerpt() {}

    /** @param hidden parts of {@code bytes} that are not shown */
    static String of(Bytes bytes, Span part, List<Span> hidden) {
        StringBuilder text = new StringBuilder();
        int at = part.start();
        for (Span secret :
                hidden.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            boolean isShown = secret.end() <= at || secret.start() >= part.end();
            if (!isShown) {
                text.append(text(bytes, at, Math.max(at, secret.start()))).append(HIDDEN);
                at = Math.min(secret.end(), part.end());
            }
        }
        return cut(text.append(text(bytes, at, part.end())).toString().strip());
    }

    static String of(Bytes bytes, List<Span> hidden) {
        return of(bytes, new Span(0, bytes.length()), hidden);
    }

    private static String text(Bytes bytes, int start, int end) {
        StringBuilder shown = new StringBuilder();
        bytes.slice(start, end).text().codePoints().forEach(point -> {
            if (point == '\r' || point == '\n' || point == '\t') {
                shown.append(' ');
            } else if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append(String.format("\\u%04X", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, MAX_CHARACTERS));
        return text.substring(0, end) + " … (" + text.length() + " characters)";
    }
}
