package io.qmptape.analyzer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is named, with the place where it stands. */
class QuerySyntaxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "comand:query-status   | 0  | 6  | did you mean command:",
                "x evnt:STOP           | 2  | 4  | did you mean event:",
                "class:GenericError    | 0  | 5  | error.class:",
                "args.device:x         | 0  | 11 | arg.<path>:",
                "unix:/run/x           | 0  | 4  | put it in quotes",
                "frobnicate:x          | 0  | 10 | there are command: event:",
                "arg:x                 | 0  | 3  | needs the path of a member",
                "command:              | 0  | 8  | has no value",
                "command: x            | 0  | 8  | has no value",
                "(command:)            | 1  | 8  | has no value",
                "latency:>5            | 9  | 1  | needs a unit",
                "latency:>5kg          | 9  | 3  | no unit of time",
                "latency:5ms           | 8  | 3  | no two latencies are equal",
                "latency:>             | 8  | 1  | needs a number",
                "latency:fast          | 8  | 4  | compare",
                "seq:>5ms              | 5  | 3  | takes none",
                "seq:five              | 4  | 4  | is no number",
                "seq:..                | 4  | 2  | at least one end",
                "command:>5            | 8  | 2  | cannot be compared",
                "arg.*:>5              | 0  | 8  | has wildcards",
                "kind:comand           | 5  | 6  | greeting, command, success",
                "dir:up                | 4  | 2  | c2s, s2c",
                "has:wings             | 4  | 5  | oob, id, latency",
                "x \"open              | 2  | 1  | never closed",
                "\"a\"b                | 3  | 1  | blank behind a closing quote",
                "f(x)                  | 1  | 1  | in quotes as a whole",
                "(a OR b               | 0  | 1  | never closed",
                "a) b                  | 1  | 1  | there is no (",
                "a OR                  | 4  | 0  | missing here",
                "OR a                  | 0  | 0  | missing here",
                "a AND                 | 5  | 0  | missing here",
                "()                    | 1  | 0  | missing here",
                "NOT                   | 3  | 0  | missing here",
                "a - b                 | 2  | 1  | a minus stands right before",
                "\"--\"                | 0  | 4  | no word",
            })
    void tellsWhatIsWrongAndWhere(String query, int position, int length, String words) {
        var thrown = catchThrowableOfType(QuerySyntaxException.class, () -> Query.parse(query));

        assertThat(thrown).as(query).isNotNull().hasMessageContaining(words);
        assertThat(thrown.position()).as("position in " + query).isEqualTo(position);
        assertThat(thrown.length()).as("length in " + query).isEqualTo(length);
    }

    @Test
    void refusesLongQueries() {
        assertThat(catchThrowableOfType(QuerySyntaxException.class, () -> Query.parse("x".repeat(4097))))
                .hasMessageContaining("4096 characters");
        assertThat(catchThrowableOfType(QuerySyntaxException.class, () -> Query.parse("x ".repeat(257))))
                .hasMessageContaining("256 terms");
        assertThat(catchThrowableOfType(QuerySyntaxException.class, () -> Query.parse("(".repeat(4096))))
                .hasMessageContaining("nest at most");
        assertThat(catchThrowableOfType(QuerySyntaxException.class, () -> Query.parse("-".repeat(4095) + "(")))
                .hasMessageContaining("missing here");
    }

    @Test
    void takesTextThatOnlyLooksLikeAField() {
        assertThat(Query.parse("52:54:00:12:34:56"))
                .isEqualTo(new Query.Term(QueryField.TEXT, "", new Match.Literal("52:54:00:12:34:56")));
        assertThat(Query.parse("arg.filename:nbd://h:10809/x"))
                .isEqualTo(new Query.Term(QueryField.ARGUMENT, "filename", new Match.Literal("nbd://h:10809/x")));
        assertThat(Query.parse("arg.filename:../x.img"))
                .isEqualTo(new Query.Term(QueryField.ARGUMENT, "filename", new Match.Literal("../x.img")));
    }
}
