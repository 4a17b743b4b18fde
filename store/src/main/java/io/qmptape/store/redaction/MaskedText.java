package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A recorded value with stand-ins: one for all of it, or some in a string, as for the password in a URL.
 *
 * @param bytes of the frame that it stands in
 * @param masks those within it, at least one
 */
public record MaskedText(Bytes bytes, Json recorded, List<Masked> masks) {
    public MaskedText {
        masks = masks.stream()
                .sorted(Comparator.comparingInt(mask -> mask.span().start()))
                .toList();
    }

    /** @param masked all of the frame; empty result where none of it stands in the value, or it is no scalar */
    public static Optional<MaskedText> of(Bytes frame, Json value, List<Masked> masked) {
        if (masked.isEmpty() || value instanceof Json.Obj || value instanceof Json.Arr) {
            return Optional.empty();
        }
        Span whole = value.span();
        List<Masked> within = masked.stream()
                .filter(mask ->
                        whole.start() <= mask.span().start() && mask.span().end() <= whole.end())
                .toList();
        return within.isEmpty() ? Optional.empty() : Optional.of(new MaskedText(frame, value, within));
    }

    public static Optional<MaskedText> of(FrameRecorded frame, Json value) {
        return of(frame.frame().bytes(), value, frame.masked());
    }

    /** JSON type of what was masked. */
    public String type() {
        return isWhole() ? masks.get(0).type() : recorded.type();
    }

    public boolean isWhole() {
        return masks.get(0).span().equals(recorded.span());
    }

    /** The stand-ins, without quotes. */
    public List<String> standIns() {
        return isWhole() && recorded instanceof Json.Str standIn
                ? List.of(standIn.value())
                : masks.stream().map(mask -> bytes.slice(mask.span()).text()).toList();
    }

    /** What is known of it: the type of what was masked, or the text around its parts. */
    public String outline() {
        return isWhole() ? type() : around().texts().toString();
    }

    /** What another text has where the stand-ins stand here; empty if it differs around them. */
    public Optional<List<String>> partsOf(String other) {
        return around().partsOf(other);
    }

    /** Only strings without escapes are masked in parts, so their bytes are their text. */
    private Surroundings around() {
        List<String> texts = new ArrayList<>();
        int at = recorded.span().start() + 1;
        for (Masked mask : masks) {
            texts.add(text(at, mask.span().start()));
            at = mask.span().end();
        }
        texts.add(text(at, recorded.span().end() - 1));
        return new Surroundings(texts);
    }

    private String text(int start, int end) {
        return bytes.slice(start, end).text();
    }
}
