package io.qmptape.analyzer.web;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message in full.
 *
 * @param pair the command of a reply, or the reply of a command
 * @param text the frame as text; absent if its bytes are no UTF-8
 * @param base64 the frame's bytes where {@code text} is absent
 * @param cutAt how many bytes of the frame {@code text} or {@code base64} hold, if not all
 * @param tree absent for noise
 * @param fault why there is no tree, in the words of QEMU's parser
 * @param reads how many reads it came in
 * @param catalog the one that judged when it was recorded; empty if none did
 * @param entry what the catalog says now of its name; absent if it does not know it
 */
record MessageView(
        RowView row,
        @Nullable RowView pair,
        String frame,
        @Nullable String text,
        @Nullable String base64,
        @Nullable Integer cutAt,
        @Nullable TreeNode tree,
        @Nullable String fault,
        int reads,
        List<String> descriptors,
        List<FindingView> findings,
        List<MaskedView> masked,
        String catalog,
        @Nullable CatalogEntry entry) {

    record FindingView(String rule, String severity, String path, String text) {
        static FindingView of(Finding finding) {
            return new FindingView(finding.rule(), finding.severity().word(), finding.path(), finding.text());
        }
    }

    record MaskedView(String path, String type) {
        static MaskedView of(Masked masked) {
            return new MaskedView(masked.path(), masked.type());
        }
    }

    static MessageView of(RowView row, @Nullable RowView pair, FrameRecorded recorded, @Nullable CatalogEntry entry) {
        Frame frame = recorded.frame();
        int length = frame.bytes().length();
        int shown = Math.min(length, Limits.MAX_TEXT_BYTES);
        Bytes start = frame.bytes().slice(0, wholeCharacters(frame.bytes(), shown));
        Optional<String> text = text(start);
        Optional<Json> json = json(frame);
        return new MessageView(
                row,
                pair,
                frame.kind().word(),
                text.orElse(null),
                text.isPresent() ? null : Base64.getEncoder().encodeToString(start.toArray()),
                start.length() < length ? start.length() : null,
                json.map(value -> JsonTree.of(value, recorded.masked())).orElse(null),
                json.isPresent()
                        ? null
                        : JsonReader.fault(frame.bytes(), frame.direction()).orElse(null),
                frame.marks().size(),
                descriptors(frame),
                recorded.findings().stream().map(FindingView::of).toList(),
                recorded.masked().stream().map(MaskedView::of).toList(),
                recorded.catalog(),
                entry);
    }

    static Optional<Json> json(Frame frame) {
        return frame.kind() == FrameKind.MESSAGE ? JsonReader.read(frame.bytes(), frame.direction()) : Optional.empty();
    }

    private static List<String> descriptors(Frame frame) {
        return frame.marks().stream()
                .flatMap(mark -> mark.descriptors().stream())
                .map(DescriptorKind::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Optional<String> text(Bytes bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Steps back from within a character, so that a cut makes no bad UTF-8. */
    private static int wholeCharacters(Bytes bytes, int end) {
        int cut = end;
        while (cut < bytes.length() && cut > 0 && end - cut < 4 && (bytes.at(cut) & 0xC0) == 0x80) {
            cut--;
        }
        return cut;
    }
}
