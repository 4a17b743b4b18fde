package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.Match.Literal;
import io.qmptape.analyzer.query.Match.Pattern;
import io.qmptape.analyzer.query.QueryField.Reading;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.MessageKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one term: what stands behind a field's colon, or a word without a field. */
final class TermReader {
    private static final List<String> KINDS =
            Arrays.stream(MessageKind.values()).map(MessageKind::word).toList();
    private static final List<String> DIRECTIONS =
            Arrays.stream(Direction.values()).map(Direction::word).toList();

    private final Named named;
    private final int start;
    private final QueryText text;

    /** @param start where the term begins, with its field's name */
    TermReader(Named named, int start, QueryText text) {
        this.named = named;
        this.start = start;
        this.text = text;
    }

    /** A field, and for members the path that was named with it. */
    record Named(QueryField field, String path) {
        static final Named TEXT = new Named(QueryField.TEXT, "");

        /** @param position of the name in the query */
        static Named of(String name, int position) {
            Optional<QueryField> plain = QueryField.ofWord(name);
            if (plain.isPresent() && !plain.get().takesPath()) {
                return new Named(plain.get(), "");
            }
            int dot = name.indexOf('.');
            Optional<QueryField> rooted = dot < 0 ? Optional.empty() : QueryField.ofWord(name.substring(0, dot));
            if (rooted.filter(QueryField::takesPath).isPresent() && dot + 1 < name.length()) {
                return new Named(rooted.get(), name.substring(dot + 1));
            }
            throw new QuerySyntaxException(
                    plain.isPresent() ? pathWanted(name) : UnknownName.complaint(name), position, name.length());
        }

        private static String pathWanted(String name) {
            return "'" + name + "' needs the path of a member, as " + name + ".device:drive0, or " + name
                    + ".*: for any member";
        }
    }

    Query read() {
        if (text.isAt('"')) {
            return term(quoted(text.position(), text.takeQuoted()));
        }
        int at = text.position();
        String value = text.takeBare();
        if (value.isEmpty() && (text.isAtGap() || text.isAt(')'))) {
            throw new QuerySyntaxException(
                    "'" + named.field().word()
                            + ":' has no value: put one right behind the colon, in quotes if it holds" + " blanks",
                    start,
                    text.position() - start);
        }
        if (!text.isAtGap() && !text.isAt(')')) {
            throw new QuerySyntaxException(
                    "put a value that holds quotes or parentheses in quotes as a whole", text.position(), 1);
        }
        return named.field() == QueryField.HAS ? has(value, at) : term(bare(value, at));
    }

    private Query term(Match match) {
        return new Query.Term(named.field(), named.path(), match);
    }

    private Match quoted(int at, String value) {
        return switch (named.field().reading()) {
            case TERMS, PREFIX, MEMBERS -> new Literal(value);
            case WORDS -> words(value, at);
            case CHOICE -> choice(value, at);
            case NUMBER, DURATION -> new RangeReader(named.field(), value, at).read();
        };
    }

    private Match bare(String value, int at) {
        Reading reading = named.field().reading();
        if (reading == Reading.NUMBER || reading == Reading.DURATION) {
            return new RangeReader(named.field(), value, at).read();
        }
        if (reading == Reading.MEMBERS) {
            Optional<Match.Range> range = new RangeReader(named.field(), value, at).readIfRange();
            if (range.isPresent() && Glob.hasWildcards(named.path())) {
                throw new QuerySyntaxException(
                        "numbers are compared at one path, and '" + named.path() + "' has wildcards",
                        start,
                        text.position() - start);
            } else if (range.isPresent()) {
                return range.get();
            }
        } else if (named.field() != QueryField.TEXT && RangeReader.startsWithOperator(value)) {
            throw new QuerySyntaxException(
                    "'" + named.field().word() + "' cannot be compared; latency, seq, arg., return. and data. can",
                    at,
                    value.length());
        }
        if (reading == Reading.CHOICE) {
            return choice(value, at);
        }
        if (Glob.hasWildcards(value)) {
            return new Pattern(value);
        }
        return reading == Reading.WORDS ? words(value, at) : new Literal(value);
    }

    private Match words(String value, int at) {
        List<String> words = Words.of(value);
        if (words.isEmpty() || words.size() > Lookups.MAX_PHRASE_WORDS) {
            throw new QuerySyntaxException(
                    words.isEmpty()
                            ? "there is no word in '" + value + "': search for letters and digits"
                            : "a phrase has at most " + Lookups.MAX_PHRASE_WORDS + " words",
                    at,
                    Math.max(1, text.position() - at));
        }
        return new Literal(value);
    }

    private Match choice(String value, int at) {
        List<String> choices = named.field() == QueryField.KIND ? KINDS : DIRECTIONS;
        String lower = value.toLowerCase(Locale.ROOT);
        if (named.field() == QueryField.HAS) {
            choices = Trait.words();
        }
        if (!choices.contains(lower)) {
            throw new QuerySyntaxException(
                    "'" + value + "' is no value of " + named.field().word() + "; there are "
                            + String.join(", ", choices),
                    at,
                    Math.max(1, text.position() - at));
        }
        return new Literal(lower);
    }

    private Query has(String value, int at) {
        int dot = value.indexOf('.');
        String root = dot < 0 ? value : value.substring(0, dot);
        Optional<QueryField> members = QueryField.ofWord(root).filter(QueryField::takesPath);
        if (members.isPresent()) {
            String path = dot < 0 || dot + 1 == value.length() ? "*" : value.substring(dot + 1);
            return new Query.Term(members.get(), path, new Match.Present());
        }
        return term(choice(value, at));
    }
}
