package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.store.foreign.Lines.Line;
import io.qmptape.store.json.JsonLayout;
import io.qmptape.traffic.CloseCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * libvirt's recorded probes: JSON objects over many lines, command and reply in turn, a blank line between; no greeting,
 * no events, no times. Each {@code qmp_capabilities} begins a session. What a client needs to talk to it, a greeting, is
 * added: with the version that the file's {@code query-version} was answered with, if it was. Messages are laid out in
 * one line, as QEMU sends them and not as the file shows them.
 */
final class RepliesReader implements ForeignReader {
    private static final Pattern PAIR =
            Pattern.compile("\\A\\s*\\{\\s*\"(execute|exec-oob)\"[^\\n]*\\n.*?\\n\\}\\r?\\n\\s*\\n\\{", Pattern.DOTALL);
    private static final String NO_GREETING = "none: greeting and times are made up";
    /** Sessions of one file are of one QEMU, and the first asks for its version within its first messages. */
    private static final int MAX_WAITING = 100;

    @Override
    public boolean recognises(String head) {
        return PAIR.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        Reading reading = new Reading(lines, sessions);
        lines.each(line -> {
            if (!line.isBlank()) {
                reading.value(line);
            }
        });
        reading.end();
    }

    private record Said(Direction direction, Bytes message) {}

    private static final class Reading {
        private final Lines lines;
        private final ForeignSessions sessions;
        /** What comes before the version is known. */
        private final List<Said> waiting = new ArrayList<>();

        private @Nullable ForeignSession current;
        private String version = "";
        private boolean isWaiting = true;

        Reading(Lines lines, ForeignSessions sessions) {
            this.lines = lines;
            this.sessions = sessions;
        }

        void value(Line first) throws IOException {
            Bytes bytes = JsonLayout.oneLine(upToBlankLine(first));
            Optional<Json> json = sessions.message(first, Direction.SERVER_TO_CLIENT, bytes);
            if (json.isEmpty() || !(json.get() instanceof Json.Obj members)) {
                return;
            }
            boolean isCommand = members.get("execute").isPresent()
                    || members.get("exec-oob").isPresent();
            if (!isCommand && version.isEmpty()) {
                version = versionIn(bytes, members);
            }
            take(new Said(isCommand ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT, bytes), members);
        }

        /** What is longer than any message is no message, and not to be held. */
        private Bytes upToBlankLine(Line first) throws IOException {
            List<Bytes> parts = new ArrayList<>(List.of(first.bytes()));
            long length = first.bytes().length();
            for (Optional<Line> next = lines.peek();
                    next.isPresent() && !next.get().isBlank() && length < Lines.MAX_BYTES;
                    next = lines.peek()) {
                parts.add(next.get().bytes());
                length += next.get().bytes().length();
                lines.next();
            }
            return Bytes.join(parts);
        }

        /** The greeting's value of {@code version} is the result of {@code query-version}. */
        private static String versionIn(Bytes bytes, Json.Obj reply) {
            return reply.get("return")
                    .filter(Json.Obj.class::isInstance)
                    .map(result -> (Json.Obj) result)
                    .filter(result -> result.get("qemu").isPresent()
                            && result.get("package").isPresent())
                    .map(result -> bytes.slice(result.span()).text())
                    .orElse("");
        }

        private void take(Said said, Json.Obj members) {
            boolean isBeginning = members.text("execute").orElse("").equals("qmp_capabilities");
            if (isWaiting && version.isEmpty() && waiting.size() < MAX_WAITING && (waiting.isEmpty() || !isBeginning)) {
                waiting.add(said);
                return;
            }
            stopWaiting();
            if (isBeginning) {
                close();
            }
            say(said);
        }

        private void stopWaiting() {
            isWaiting = false;
            waiting.forEach(this::say);
            waiting.clear();
        }

        private void say(Said said) {
            if (current == null) {
                current = sessions.openAt(0, NO_GREETING);
                current.sayTimeless(Direction.SERVER_TO_CLIENT, greeting());
            }
            current.sayTimeless(said.direction(), said.message());
        }

        private Bytes greeting() {
            return Bytes.utf8("{\"QMP\": {" + (version.isEmpty() ? "" : "\"version\": " + version + ", ")
                    + "\"capabilities\": []}}");
        }

        private void close() {
            if (current != null) {
                sessions.close(current, CloseCause.UNKNOWN);
                current = null;
            }
        }

        void end() {
            stopWaiting();
            close();
        }
    }
}
