package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.analyzer.index.LuceneIndex;
import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.analyzer.index.MessagePage;
import io.qmptape.analyzer.index.MessageRow;
import io.qmptape.store.Tape;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Search the messages of all sessions of a tape.",
        footer = {
            "",
            "Words are joined by AND; OR, NOT or -, parentheses, * and ?, \"phrases\" work.",
            "Fields: command: event: kind: dir: id: seq: latency: session: vm: finding:",
            "has: error.class: error.desc: arg.<path>: return.<path>: data.<path>:",
            "Example: qmptape search 'command:block* latency:>5ms'",
            "A query that begins with - stands after --: qmptape search -- -kind:success",
            "",
            "Exit code 0 with matches, 1 without."
        })
final class SearchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUERY", arity = "1..*", description = "What to search for.")
    private List<String> words = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many messages (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be 1 or more, not " + limit);
        }
        Tape chosen = tape.tape();
        chosen.identity();
        String query = String.join(" ", words);
        try (LuceneIndex index = LuceneIndex.open(tape.places().cache(), chosen)) {
            index.catchUp();
            long total = print(index, query);
            System.err.println(total == 1 ? "1 match" : total + " matches");
            return total > 0 ? Qmptape.FINE : Qmptape.DIFFERENT;
        }
    }

    private long print(MessageIndex index, String query) {
        long total = 0;
        for (int offset = 0; offset < limit; offset += MessageIndex.MAX_LIMIT) {
            MessagePage page = index.search(query, offset, Math.min(MessageIndex.MAX_LIMIT, limit - offset));
            page.rows().forEach(this::print);
            total = page.total();
            if (page.rows().isEmpty()) {
                break;
            }
        }
        return total;
    }

    private void print(MessageRow row) {
        if (json.isOn()) {
            JsonOption.print(object(row));
            return;
        }
        String latency = row.latencyNanos().isPresent()
                ? Times.span(Duration.ofNanos(row.latencyNanos().getAsLong()))
                : "";
        System.out.printf(
                Locale.ROOT,
                "%s %6d  %s  %-12s %-28s %10s  %s%n",
                row.session().brief(),
                row.sequence(),
                Times.stamp(row.at()),
                row.kind().word(),
                Printable.of(row.name(), 28),
                latency,
                Printable.of(row.contents(), 120));
    }

    private static ObjectNode object(MessageRow row) {
        ObjectNode object = JsonOption.object().put("session", row.session().toString());
        object.put("seq", row.sequence()).put("at", row.at().toString());
        object.put("dir", row.direction().word()).put("kind", row.kind().word());
        object.put("name", row.name()).put("contents", row.contents());
        row.latencyNanos().ifPresent(nanos -> object.put("latencyNanos", nanos));
        row.pair().ifPresent(pair -> object.put("pair", pair));
        return object.put("findings", row.findings()).put("masked", row.masked());
    }
}
