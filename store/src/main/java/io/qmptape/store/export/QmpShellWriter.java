package io.qmptape.store.export;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSource;
import io.qmptape.store.json.JsonLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The commands, as lines for the stdin of {@code qmp-shell SOCKET}. Its syntax is {@code command name=value}: a value that
 * opens a brace or bracket is read as JSON, one that looks like a whole number or a boolean as that, any other as the
 * string that it spells, which cannot be quoted. What cannot be said so is left out: strings with blanks or quotes, or
 * that look like something else, numbers with a fraction, out-of-band commands. Ids are qmp-shell's own business, and so
 * is qmp_capabilities.
 */
public final class QmpShellWriter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e&&[^\"'{\\[]][\\x21-\\x7e&&[^\"']]*|");
    /** As Python's int() takes it. */
    private static final Pattern LIKE_NUMBER = Pattern.compile("[+-]?[0-9][0-9_]*");

    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final OutputStream out;
    private final Losses losses = new Losses();

    private QmpShellWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * @return what of the session is not in it
     * @throws java.io.UncheckedIOException if {@code out} cannot be written
     */
    public static List<String> write(SessionSource source, OutputStream out) {
        QmpShellWriter writer = new QmpShellWriter(out);
        Written.each(source, writer::record);
        return writer.losses.told();
    }

    private void record(SessionRecord record) throws IOException {
        if (record instanceof SessionRecord.Gap) {
            losses.add("gap");
        } else if (record instanceof FrameRecorded recorded) {
            switch (recorded.message()) {
                case COMMAND -> command(recorded);
                case NOISE, UNRECOGNIZED -> losses.add("frame that is no message");
                default -> losses.add("server message");
            }
        }
    }

    private void command(FrameRecorded recorded) throws IOException {
        if (recorded.read() instanceof Message.Command command
                && !command.name().equals("qmp_capabilities")) {
            Optional<String> line = line(recorded.frame().bytes(), command);
            if (line.isPresent()) {
                Bytes.utf8(line.get() + "\n").writeTo(out);
            } else {
                losses.add("command that qmp-shell cannot say (#" + recorded.sequence() + ")");
            }
        }
    }

    private static Optional<String> line(Bytes bytes, Message.Command command) {
        boolean isSayable = NAME.matcher(command.name()).matches() && !command.isOutOfBand();
        Optional<Json> arguments = command.arguments();
        if (!isSayable || (arguments.isPresent() && !(arguments.get() instanceof Json.Obj))) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder(command.name());
        List<Json.Member> members =
                arguments.map(object -> ((Json.Obj) object).members()).orElse(List.of());
        for (Json.Member member : members) {
            Optional<String> value = value(bytes, member.value());
            if (value.isEmpty() || !NAME.matcher(member.name()).matches()) {
                return Optional.empty();
            }
            line.append(' ').append(member.name()).append('=').append(value.get());
        }
        return Optional.of(line.toString());
    }

    private static Optional<String> value(Bytes bytes, Json value) {
        String spelled = bytes.slice(value.span()).text();
        if (value instanceof Json.Str string) {
            return Optional.of(string.value()).filter(QmpShellWriter::isString);
        } else if (value instanceof Json.Num) {
            return Optional.of(spelled)
                    .filter(number -> PLAIN_NUMBER.matcher(number).matches());
        } else if (value instanceof Json.Bool) {
            return Optional.of(spelled);
        }
        boolean isNested = value instanceof Json.Obj || value instanceof Json.Arr;
        return isNested ? nested(bytes.slice(value.span())) : Optional.empty();
    }

    private static boolean isString(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WORD.matcher(text).matches()
                && !LIKE_NUMBER.matcher(text).matches()
                && !lower.equals("true")
                && !lower.equals("false");
    }

    /** Blanks end a value unless they stand in a string of double quotes. */
    private static Optional<String> nested(Bytes json) {
        String line = JsonLayout.dense(json).text();
        boolean isPlain = line.chars().allMatch(letter -> letter >= ' ' && letter != '\'');
        return isPlain ? Optional.of(line) : Optional.empty();
    }
}
