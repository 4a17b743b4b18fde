package io.qmptape.store;

import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person types to name a session of a tape. */
sealed interface SessionReference {
    Pattern LATEST = Pattern.compile("latest(?:~(\\d{1,9}))?");
    Pattern PREFIX = Pattern.compile("[0-9a-f-]{" + SessionId.MIN_PREFIX + ",36}");

    /** @param sessions in the order in which they came onto the tape */
    SessionSummary choose(List<SessionSummary> sessions);

    static SessionReference parse(String text) {
        Matcher latest = LATEST.matcher(text);
        if (latest.matches()) {
            return new Latest(text, latest.group(1) == null ? 0 : Integer.parseInt(latest.group(1)));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!PREFIX.matcher(lower).matches()) {
            throw new TapeException("'" + text + "' names no session: give an id, its first " + SessionId.MIN_PREFIX
                    + " characters or more, latest, latest~N, or a transcript file");
        }
        return new Prefix(lower);
    }

    /** Counted back from the session that came last. */
    record Latest(String text, int back) implements SessionReference {
        @Override
        public SessionSummary choose(List<SessionSummary> sessions) {
            if (back >= sessions.size()) {
                throw new TapeException("there is no session " + text + ": the tape holds " + sessions.size()
                        + " (see qmptape sessions)");
            }
            return sessions.get(sessions.size() - 1 - back);
        }
    }

    record Prefix(String prefix) implements SessionReference {
        @Override
        public SessionSummary choose(List<SessionSummary> sessions) {
            List<SessionSummary> found = sessions.stream()
                    .filter(session -> session.id().toString().startsWith(prefix))
                    .toList();
            if (found.isEmpty()) {
                throw new TapeException("no session begins with '" + prefix + "' (see qmptape sessions)");
            }
            if (found.size() > 1) {
                throw new TapeException(
                        found.size() + " sessions begin with '" + prefix + "': give more characters of the id");
            }
            return found.get(0);
        }
    }
}
