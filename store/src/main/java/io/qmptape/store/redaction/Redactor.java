package io.qmptape.store.redaction;

import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts stand-ins in the place of secrets, in the message's own bytes. One for a session: it remembers what a command hid
 * until its reply has come, because QEMU's error texts echo values. One thread.
 */
public final class Redactor {
    /** A value shorter than this is scrubbed from an error text only where it stands in quotes. */
    private static final int MIN_ECHO = 6;

    private static final int MAX_REMEMBERED = 10_000;
    private static final Pattern NO_WORD = Pattern.compile("[^\\w.+-]+");

    private final RedactionKey key;
    private final Map<Long, Hidden> hidden = new LinkedHashMap<>();
    /** Directions whose last noise ended inside a secret: what comes before the next message may be its rest. */
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
            case FAILURE -> failure(frame, (Message.Failure) message, asked);
            case EVENT -> CommandSecrets.inUrls(frame.bytes(), JsonPath.ROOT, ((Message.Event) message).json());
            default -> List.of();
        };
        // a bare number in the rest of a secret is sound JSON, and no sign that the secret is over
        if (message.kind() != MessageKind.NOISE && message.kind() != MessageKind.UNRECOGNIZED) {
            brokenOff.remove(frame.direction());
        }
        return secrets.isEmpty() ? new Redacted(frame, List.of()) : mask(frame, secrets);
    }

    /** Bytes are missing: what follows up to the next message may be the rest of a secret. */
    public void interrupted(Direction direction) {
        brokenOff.add(direction);
    }

    private List<Secret> command(Frame frame, Message.Command command) {
        List<Secret> secrets = CommandSecrets.of(frame.bytes(), command);
        boolean hidesResult = command.name().equals("qom-get")
                && command.arguments()
                        .filter(Json.Obj.class::isInstance)
                        .filter(arguments -> CommandSecrets.isSecretProperty((Json.Obj) arguments))
                        .isPresent();
        remember(frame.sequence(), values(secrets), hidesResult);
        return secrets;
    }

    private List<Secret> noise(Frame frame) {
        NoiseSecrets.Found noise = brokenOff.contains(frame.direction())
                ? NoiseSecrets.whole(frame.bytes())
                : NoiseSecrets.of(frame.bytes(), frame.direction());
        if (noise.isBrokenOff()) {
            brokenOff.add(frame.direction());
        }
        remember(
                frame.sequence(),
                noise.secrets().stream().flatMap(Redactor::words).toList(),
                false);
        return noise.secrets();
    }

    /** A parse error repeats single words of what it could not read. */
    private static Stream<String> words(Secret secret) {
        return NO_WORD.splitAsStream(secret.value()).filter(word -> !word.isEmpty());
    }

    private List<Secret> unrecognized(Frame frame, Message.Unrecognized message) {
        List<Secret> secrets = brokenOff.contains(frame.direction())
                ? List.of(secret(JsonPath.ROOT, message.json(), frame.bytes()))
                : CommandSecrets.byName(frame.bytes(), message.json());
        remember(frame.sequence(), values(secrets), false);
        return secrets;
    }

    private static List<String> values(List<Secret> secrets) {
        return secrets.stream().map(Secret::value).toList();
    }

    private void remember(long sequence, List<String> values, boolean hidesResult) {
        if (!values.isEmpty() || hidesResult) {
            hidden.put(sequence, new Hidden(values, hidesResult));
            if (hidden.size() > MAX_REMEMBERED) {
                hidden.remove(hidden.keySet().iterator().next());
            }
        }
    }

    private List<Secret> success(Frame frame, Message.Success success, Optional<Asked> asked) {
        String path = JsonPath.child(JsonPath.ROOT, "return");
        boolean isHidden = answered(asked).map(Hidden::hidesResult).orElse(false);
        List<Secret> secrets = isHidden
                ? List.of(secret(path, success.value(), frame.bytes()))
                : CommandSecrets.inUrls(frame.bytes(), path, success.value());
        return withId(frame, success, secrets);
    }

    private List<Secret> failure(Frame frame, Message.Failure failure, Optional<Asked> asked) {
        List<String> values = answered(asked).map(Hidden::values).orElse(List.of());
        boolean echoes = values.stream().anyMatch(value -> isEchoedIn(failure.description(), value));
        Optional<Json> error = failure.json().get("error");
        List<Secret> secrets = echoes
                ? error.flatMap(told -> ((Json.Obj) told).get("desc")).stream()
                        .map(text -> new Secret("$.error.desc", "string", text.span(), true, failure.description()))
                        .toList()
                : error.map(told -> CommandSecrets.inUrls(frame.bytes(), "$.error", told))
                        .orElse(List.of());
        return withId(frame, failure, secrets);
    }

    /** QEMU sends an id back as it came. */
    private static List<Secret> withId(Frame frame, Message reply, List<Secret> secrets) {
        List<Secret> all = new ArrayList<>(secrets);
        reply.id().ifPresent(id -> all.addAll(CommandSecrets.inId(frame.bytes(), id)));
        return all;
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
