package io.qmptape.store.redaction;

import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts stand-ins in the place of secrets, in the message's own bytes. One for a session: it remembers what a command hid
 * until its reply has come, because QEMU's error texts echo values. One thread.
 */
public final class Redactor {
    /** A value shorter than this is scrubbed from an error text only where it stands in quotes. */
    private static final int MIN_ECHO = 6;

    private static final int MAX_REMEMBERED = 10_000;

    private final RedactionKey key;
    private final Map<Long, Hidden> hidden = new LinkedHashMap<>();
    /** Directions whose last noise ended inside a secret: what QEMU skips after it is the secret's rest. */
    private final Set<Direction> brokenOff = EnumSet.noneOf(Direction.class);

    public Redactor(RedactionKey key) {
        this.key = key;
    }

    /** A frame that may go to disk, and what was masked in it. */
    public record Redacted(Frame frame, List<Masked> masked) {
        public Redacted {
            masked = List.copyOf(masked);
        }
    }

    private record Hidden(List<String> values, boolean hidesResult) {}

    /** @param asked the command that this frame answers, if it is a reply */
    public Redacted redact(Frame frame, Message message, Optional<Asked> asked) {
        List<Secret> secrets = switch (message.kind()) {
            case COMMAND -> command(frame, (Message.Command) message);
            case NOISE -> noise(frame);
            case UNRECOGNIZED -> unrecognized(frame, (Message.Unrecognized) message);
            case SUCCESS -> success(frame, (Message.Success) message, asked);
            case FAILURE -> failure((Message.Failure) message, asked);
            default -> List.of();
        };
        return secrets.isEmpty() ? new Redacted(frame, List.of()) : mask(frame, secrets);
    }

    private List<Secret> command(Frame frame, Message.Command command) {
        List<Secret> secrets = CommandSecrets.of(frame.bytes(), command);
        boolean hidesResult = command.name().equals("qom-get")
                && command.arguments()
                        .filter(Json.Obj.class::isInstance)
                        .filter(arguments -> CommandSecrets.isSecretProperty((Json.Obj) arguments))
                        .isPresent();
        remember(frame.sequence(), secrets, hidesResult);
        return secrets;
    }

    private List<Secret> noise(Frame frame) {
        boolean goesOn = frame.kind() == FrameKind.SKIPPED && brokenOff.remove(frame.direction());
        List<Secret> secrets =
                goesOn ? NoiseSecrets.whole(frame.bytes()) : NoiseSecrets.of(frame.bytes(), frame.direction());
        if (secrets.stream()
                .anyMatch(secret -> secret.span().end() == frame.bytes().length())) {
            brokenOff.add(frame.direction());
        }
        remember(frame.sequence(), secrets, false);
        return secrets;
    }

    private List<Secret> unrecognized(Frame frame, Message.Unrecognized message) {
        List<Secret> secrets = CommandSecrets.byName(frame.bytes(), message.json());
        remember(frame.sequence(), secrets, false);
        return secrets;
    }

    private void remember(long sequence, List<Secret> secrets, boolean hidesResult) {
        if (!secrets.isEmpty() || hidesResult) {
            hidden.put(sequence, new Hidden(secrets.stream().map(Secret::value).toList(), hidesResult));
            if (hidden.size() > MAX_REMEMBERED) {
                hidden.remove(hidden.keySet().iterator().next());
            }
        }
    }

    private List<Secret> success(Frame frame, Message.Success success, Optional<Asked> asked) {
        String path = JsonPath.child(JsonPath.ROOT, "return");
        boolean isHidden = answered(asked).map(Hidden::hidesResult).orElse(false);
        return isHidden
                ? List.of(secret(path, success.value(), frame.bytes()))
                : CommandSecrets.inUrls(frame.bytes(), path, success.value());
    }

    private List<Secret> failure(Message.Failure failure, Optional<Asked> asked) {
        List<String> values = answered(asked).map(Hidden::values).orElse(List.of());
        boolean echoes = values.stream().anyMatch(value -> isEchoedIn(failure.description(), value));
        if (!echoes) {
            return List.of();
        }
        return failure.json().get("error").flatMap(error -> ((Json.Obj) error).get("desc")).stream()
                .map(text -> new Secret("$.error.desc", "string", text.span(), true, failure.description()))
                .toList();
    }

    private Optional<Hidden> answered(Optional<Asked> asked) {
        return asked.flatMap(command -> Optional.ofNullable(hidden.remove(command.sequence())));
    }

    private static boolean isEchoedIn(String text, String value) {
        return value.length() >= MIN_ECHO
                ? text.contains(value)
                : text.contains("'" + value + "'") || text.contains("\"" + value + "\"");
    }

    private static Secret secret(String path, Json value, Bytes bytes) {
        String text = value instanceof Json.Str string
                ? string.value()
                : bytes.slice(value.span()).text();
        return new Secret(path, value.type(), value.span(), true, text);
    }

    private Redacted mask(Frame frame, List<Secret> secrets) {
        List<Secret> ordered = secrets.stream()
                .sorted(Comparator.comparingInt(secret -> secret.span().start()))
                .toList();
        List<Bytes> parts = new ArrayList<>();
        List<Masked> masked = new ArrayList<>();
        List<Mark> marks = frame.marks();
        int copied = 0;
        int shift = 0;
        for (Secret secret : ordered) {
            String standIn = key.standIn(secret.value());
            Bytes replacement = Bytes.utf8(secret.isWholeToken() ? "\"" + standIn + "\"" : standIn);
            parts.add(frame.bytes().slice(copied, secret.span().start()));
            parts.add(replacement);
            copied = secret.span().end();
            int start = secret.span().start() + shift;
            Span stored = new Span(start, start + replacement.length());
            masked.add(new Masked(secret.path(), secret.type(), stored));
            marks = moved(marks, secret.span().shiftedBy(shift), replacement.length());
            shift += replacement.length() - secret.span().length();
        }
        parts.add(frame.bytes().from(copied));
        Frame stored = new Frame(frame.sequence(), frame.direction(), frame.kind(), Bytes.join(parts), marks);
        return new Redacted(stored, masked);
    }

    /** Marks behind the span move with their bytes, those inside it go to its start. */
    private static List<Mark> moved(List<Mark> marks, Span span, int newLength) {
        return marks.stream()
                .map(mark -> new Mark(moved(mark.offset(), span, newLength), mark.atNanos(), mark.descriptors()))
                .toList();
    }

    private static int moved(int offset, Span span, int newLength) {
        if (offset <= span.start()) {
            return offset;
        }
        return offset < span.end() ? span.start() : offset - span.length() + newLength;
    }
}
