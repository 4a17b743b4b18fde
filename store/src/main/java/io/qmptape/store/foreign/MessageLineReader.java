package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Messages, a JSON object a line: {@code {"time","dir","msg"}}. {@code dir} is c2s or s2c (send and recv, as a client
 * says it, will do), {@code time} an instant as 2026-11-22T10:00:00Z, or {@code t} nanoseconds; none is needed. What is
 * no JSON stands as {@code text} or {@code base64} in the place of {@code msg}. A greeting begins a session.
 */
final class MessageLineReader implements ForeignReader {
    private static final String DIRECTION = "\"dir\"\\s*:\\s*\"(c2s|s2c|send|recv)\"";
    private static final String CONTENT = "\"(msg|text|base64)\"\\s*:";
    private static final Pattern FIRST = Pattern.compile("\\A\\s*\\{[^\\n]*(" + DIRECTION + "[^\\n]*" + CONTENT + "|"
            + CONTENT + "[^\\n]*" + DIRECTION + "\\s*[,}])");

    @Override
    public boolean recognises(String head) {
        return FIRST.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        Conversation conversation = new Conversation(sessions);
        JsonLine.each(lines, sessions, line -> line(line, sessions, conversation));
        sessions.end();
    }

    private static void line(JsonLine line, ForeignSessions sessions, Conversation conversation) {
        Optional<Direction> direction = line.text("dir").flatMap(MessageLineReader::direction);
        Optional<Bytes> message = line.spelled("msg");
        Optional<Bytes> raw = line.text("text").map(Bytes::utf8).or(() -> line.base64("base64"));
        if (direction.isEmpty()) {
            sessions.misunderstood(line.line(), "'dir' is none of c2s, s2c, send and recv");
        } else if (message.isPresent()) {
            Optional<Json> json = sessions.message(line.line(), direction.get(), message.get());
            json.ifPresent(value -> conversation.say(direction.get(), time(line), message.get(), value));
        } else if (raw.isPresent()) {
            conversation.sound(direction.get(), time(line), raw.get());
        } else {
            sessions.misunderstood(line.line(), "it has none of 'msg', 'text' and 'base64'");
        }
    }

    private static OptionalLong time(JsonLine line) {
        Optional<String> text = line.text("time");
        return text.isPresent()
                ? EpochNanos.parse(text.get(), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                : line.whole("t");
    }

    private static Optional<Direction> direction(String word) {
        return switch (word) {
            case "c2s", "send" -> Optional.of(Direction.CLIENT_TO_SERVER);
            case "s2c", "recv" -> Optional.of(Direction.SERVER_TO_CLIENT);
            default -> Optional.empty();
        };
    }
}
