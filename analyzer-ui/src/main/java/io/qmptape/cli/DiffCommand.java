package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.analyzer.diff.DiffRow;
import io.qmptape.analyzer.diff.MemberChange;
import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.conversation.Exchange;
import io.qmptape.store.RecordedSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Compare the commands of two sessions and their replies.",
        footer = {
            "",
            "Lines: '-' only in A, '+' only in B, '~' in both with other members.",
            "What differs between any two runs (ids, time stamps, thread ids, generated",
            "names) does not count. Exit code 0 when they are the same, else 1."
        })
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The one session.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other session.")
    private String b = "";

    @Option(names = "--all", description = "Print what is the same, too.")
    private boolean isWhole;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        SessionDiff diff = SessionDiff.between(session(a), session(b));
        diff.rows().forEach(json.isOn() ? this::printJson : this::print);
        System.err.println(total(diff));
        return diff.isSame() ? Qmptape.FINE : Qmptape.DIFFERENT;
    }

    private RecordedSession session(String reference) {
        return tape.session(reference).load();
    }

    private static String unknown(SessionDiff diff) {
        return diff.unknown() == 0
                ? ""
                : "; " + SessionText.count(diff.unknown(), "masked value")
                        + " that nobody can compare: they were not masked under one key";
    }

    private static String total(SessionDiff diff) {
        return count(diff, DiffRow.Same.class) + " same, " + count(diff, DiffRow.Changed.class) + " changed, "
                + count(diff, DiffRow.OnlyA.class) + " only in A, " + count(diff, DiffRow.OnlyB.class) + " only in B"
                + unknown(diff);
    }

    private static long count(SessionDiff diff, Class<? extends DiffRow> kind) {
        return diff.rows().stream().filter(kind::isInstance).count();
    }

    private void print(DiffRow row) {
        if (row instanceof DiffRow.OnlyA only) {
            line('-', only.a());
        } else if (row instanceof DiffRow.OnlyB only) {
            line('+', only.b());
        } else if (row instanceof DiffRow.Changed changed) {
            System.out.println("~ #" + changed.a().command().sequence() + " #"
                    + changed.b().command().sequence() + " "
                    + Printable.of(changed.a().name(), 80));
            changed.changes().forEach(DiffCommand::change);
        } else if (row instanceof DiffRow.Same same && isWhole) {
            line(' ', same.a());
        }
    }

    private static void line(char mark, Exchange exchange) {
        System.out.println(mark + " #" + exchange.command().sequence() + " "
                + Printable.of(exchange.command().frame().body().text(), 160));
    }

    private static void change(MemberChange change) {
        System.out.println("    " + Printable.of(change.path(), 200));
        System.out.println("      - " + Printable.of(change.a().orElse("(absent)"), 200));
        System.out.println("      + " + Printable.of(change.b().orElse("(absent)"), 200));
    }

    private void printJson(DiffRow row) {
        ObjectNode object = JsonOption.object();
        if (row instanceof DiffRow.OnlyA only) {
            JsonOption.print(side(object.put("is", "only-a"), "a", only.a()));
        } else if (row instanceof DiffRow.OnlyB only) {
            JsonOption.print(side(object.put("is", "only-b"), "b", only.b()));
        } else if (row instanceof DiffRow.Changed changed) {
            side(side(object.put("is", "changed"), "a", changed.a()), "b", changed.b());
            ArrayNode changes = object.putArray("changes");
            changed.changes()
                    .forEach(change -> changes.addObject()
                            .put("path", change.path())
                            .put("a", change.a().orElse(null))
                            .put("b", change.b().orElse(null)));
            JsonOption.print(object);
        } else if (row instanceof DiffRow.Same same && isWhole) {
            JsonOption.print(side(side(object.put("is", "same"), "a", same.a()), "b", same.b()));
        }
    }

    private static ObjectNode side(ObjectNode object, String side, Exchange exchange) {
        object.put("command", exchange.name());
        return object.put(side, exchange.command().sequence());
    }
}
