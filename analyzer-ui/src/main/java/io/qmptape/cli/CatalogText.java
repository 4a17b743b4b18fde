package io.qmptape.cli;

import io.qmptape.catalog.ArgumentSpec;
import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.CommandSpec;
import io.qmptape.catalog.EventSpec;
import io.qmptape.catalog.MemberSpec;
import io.qmptape.catalog.Removal;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** An entry of the catalog for a terminal. */
final class CatalogText {
    private static final String COLUMNS = "    %-26s %-9s %-9s %s";

    private final Catalog catalog;
    private final PrintStream out;

    CatalogText(Catalog catalog, PrintStream out) {
        this.catalog = catalog;
        this.out = out;
    }

    void print(CommandSpec command) {
        out.println("command " + command.name() + " (" + command.effect().word() + ", catalog " + catalog.id() + ")");
        out.println("  " + command.summary());
        command.removal().ifPresent(this::print);
        section("arguments", command.arguments(), this::print);
        section("returns " + command.returns().type().word(), command.returns().members(), this::print);
        names("brings", command.relatedEvents());
    }

    void print(EventSpec event) {
        out.println("event " + event.name() + " (since QEMU " + event.since() + ", catalog " + catalog.id() + ")");
        out.println("  " + event.summary());
        if (!event.throttle().isZero()) {
            out.println("  at most one in " + Times.span(event.throttle()));
        }
        section("data", event.members(), this::print);
        names(
                "comes with",
                catalog.commands().stream()
                        .filter(command -> command.relatedEvents().contains(event.name()))
                        .map(CommandSpec::name)
                        .toList());
    }

    private void print(Removal removal) {
        out.println("  gone since QEMU " + removal.version()
                + (removal.replacement().isEmpty() ? "" : "; use " + removal.replacement()));
    }

    private void print(ArgumentSpec argument) {
        String code = argument.code().isEmpty() ? "" : "code " + argument.code();
        row(argument.name(), argument.type().word(), argument.isOptional(), join(code, argument.summary()));
    }

    private void print(MemberSpec member) {
        row(member.path(), member.type().word(), member.isOptional(), String.join(" | ", member.words()));
    }

    private <T> void section(String title, List<T> entries, Consumer<T> each) {
        if (entries.isEmpty()) {
            out.println("  " + title + (title.startsWith("returns") ? "" : ": none"));
        } else {
            out.println("  " + title);
            entries.forEach(each);
        }
    }

    private void row(String name, String type, boolean isOptional, String remark) {
        String need = isOptional ? "optional" : "required";
        out.println(
                String.format(Locale.ROOT, COLUMNS, name, type, need, remark).stripTrailing());
    }

    private void names(String title, List<String> names) {
        if (!names.isEmpty()) {
            out.println("  " + title + " " + String.join(", ", names));
        }
    }

    private static String join(String code, String summary) {
        return code.isEmpty() || summary.isEmpty() ? code + summary : code + "; " + summary;
    }
}
