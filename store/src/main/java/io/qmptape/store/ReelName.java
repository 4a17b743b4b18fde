package io.qmptape.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a reel: the time it began, something random, and how often it was written anew. Names sort in the order of
 * time, and a new one comes after all that are there, so that a clock that was set back does not put the end of a session
 * before its beginning.
 *
 * @param base what all generations share
 * @param generation 0 for the reel that a recorder wrote
 */
record ReelName(String base, int generation) implements Comparable<ReelName> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);
    private static final int STAMP_LENGTH = "20261122T163454.803Z".length();
    private static final Pattern FORM = Pattern.compile("(.+?)(?:~(\\d{1,9}))?");
    private static final Comparator<ReelName> ORDER =
            Comparator.comparing(ReelName::base).thenComparing(ReelName::generation);

    static ReelName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a reel without a name");
        }
        return new ReelName(matcher.group(1), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    /** @param last the last of the names that are there */
    static ReelName after(Optional<ReelName> last, Instant now) {
        Instant least =
                last.flatMap(ReelName::began).map(began -> began.plusMillis(1)).orElse(now);
        Instant began = now.isBefore(least) ? least : now;
        return new ReelName(
                STAMP.format(began) + "-" + UUID.randomUUID().toString().substring(0, 8), 0);
    }

    /** When it began, as far as its name tells. */
    Optional<Instant> began() {
        if (base.length() < STAMP_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(STAMP.parse(base.substring(0, STAMP_LENGTH), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    ReelName writtenAnew() {
        return new ReelName(base, generation + 1);
    }

    @Override
    public int compareTo(ReelName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return generation == 0 ? base : base + "~" + generation;
    }
}
