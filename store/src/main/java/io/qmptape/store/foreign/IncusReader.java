package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.store.foreign.Lines.Line;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Incus' log of a machine's monitor: {@code [2026-11-22T10:00:00Z] QUERY: {…}}, and REPLY and EVENT likewise, with times
 * of whole seconds. Greeting and negotiation are not in it; ids count up in each connection, so one that falls begins
 * another session.
 */
final class IncusReader implements ForeignReader {
    private static final Pattern ENTRY = Pattern.compile("^\\[([^\\]]{20,40})\\] (QUERY|REPLY|EVENT): ");
    /** They are 32 bits long. */
    private static final Pattern COUNT = Pattern.compile("\\d{1,10}");

    private static final Pattern ANY_ENTRY = Pattern.compile(ENTRY.pattern(), Pattern.MULTILINE);

    @Override
    public boolean recognises(String head) {
        return ANY_ENTRY.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        Reading reading = new Reading(sessions);
        lines.each(line -> {
            Matcher entry = ENTRY.matcher(line.text());
            if (entry.find()) {
                reading.entry(line, entry);
            } else if (!line.isBlank()) {
                sessions.misunderstood(line, "it is no entry of QUERY, REPLY or EVENT");
            }
        });
        sessions.end();
    }

    private static final class Reading {
        private final ForeignSessions sessions;
        private final Conversation conversation;
        private long lastId;

        Reading(ForeignSessions sessions) {
            this.sessions = sessions;
            this.conversation = new Conversation(sessions);
        }

        void entry(Line line, Matcher entry) {
            boolean isQuery = entry.group(2).equals("QUERY");
            Direction direction = isQuery ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
            Bytes bytes = line.bytes().from(entry.end());
            OptionalLong time = EpochNanos.parse(entry.group(1), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            sessions.message(line, direction, bytes).ifPresent(json -> {
                if (isQuery) {
                    follow(json);
                }
                conversation.say(direction, time, bytes, json);
            });
        }

        private void follow(Json query) {
            OptionalLong id = id(query);
            if (id.isPresent() && id.getAsLong() <= lastId) {
                conversation.end();
            }
            lastId = id.orElse(lastId);
        }

        private static OptionalLong id(Json query) {
            Optional<Json> id = query instanceof Json.Obj members ? members.get("id") : Optional.empty();
            boolean isCounted = id.isPresent()
                    && id.get() instanceof Json.Num number
                    && COUNT.matcher(number.text()).matches();
            return isCounted ? OptionalLong.of(Long.parseLong(((Json.Num) id.get()).text())) : OptionalLong.empty();
        }
    }
}
