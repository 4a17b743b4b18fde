package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded value with stand-ins: one for all of it, or some in a string, as for the password in a URL.
 *
 * @param bytes of the frame that it stands in
 * @param masks those within it, at least one
 */
record MaskedText(Bytes bytes, Json recorded, List<Masked> masks) {
    MaskedText {
        masks = masks.stream()
                .sorted(Comparator.comparingInt(mask -> mask.span().start()))
                .toList();
    }

    boolean admits(Json received, Secrets secrets) {
        Masked first = masks.get(0);
        if (first.span().equals(recorded.span())) {
            return received.type().equals(first.type())
                    && secrets.mayBe(recorded instanceof Json.Str standIn ? standIn.value() : "", received);
        }
        return received instanceof Json.Str text && admits(text.value(), secrets);
    }

    /** What stands around the stand-ins must be the same. */
    private boolean admits(String received, Secrets secrets) {
        Matcher live = around().matcher(received);
        if (!live.matches()) {
            return false;
        }
        for (int i = 0; i < masks.size(); i++) {
            if (!secrets.mayBe(bytes.slice(masks.get(i).span()).text(), live.group(i + 1))) {
                return false;
            }
        }
        return true;
    }

    /** Only strings without escapes are masked in parts, so their bytes are their text. */
    private Pattern around() {
        StringBuilder regex = new StringBuilder();
        int at = recorded.span().start() + 1;
        for (Masked mask : masks) {
            regex.append(Pattern.quote(text(at, mask.span().start()))).append("(.+)");
            at = mask.span().end();
        }
        regex.append(Pattern.quote(text(at, recorded.span().end() - 1)));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private String text(int start, int end) {
        return bytes.slice(new Span(start, end)).text();
    }
}
