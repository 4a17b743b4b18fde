package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The exchanges of one session as numbers, from the finest to the coarsest view: equal content, equal signature, equal
 * name. Exchanges of two sessions have equal numbers where they are equal, if both were numbered from the same map.
 */
final class Steps {
    private final int[] contents;
    private final int[] signatures;
    private final int[] names;

    Steps(List<Exchange> exchanges, StandInView view, Map<String, Integer> numbers) {
        contents = new int[exchanges.size()];
        signatures = new int[exchanges.size()];
        names = new int[exchanges.size()];
        for (int i = 0; i < exchanges.size(); i++) {
            Exchange exchange = exchanges.get(i);
            contents[i] = number("c" + digest(MemberDiff.content(exchange, view)), numbers);
            signatures[i] = number("s" + Signature.of(exchange, view), numbers);
            names[i] = number("n" + exchange.name(), numbers);
        }
    }

    int[] contents() {
        return contents;
    }

    int[] signatures() {
        return signatures;
    }

    int[] names() {
        return names;
    }

    private static int number(String text, Map<String, Integer> numbers) {
        return numbers.computeIfAbsent(text, unused -> numbers.size());
    }

    /** Replies may be large and many: their digests are kept, not they. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
