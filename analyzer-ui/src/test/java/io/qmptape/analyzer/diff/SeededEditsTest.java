package io.qmptape.analyzer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.conversation.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Edits made on purpose come out as exactly these edits. */
class SeededEditsTest {
    private static final int CASES_A_SEED = 120;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 5);
    }

    /** One command, its arguments and its reply, as JSON. */
    private record Step(String name, String arguments, String reply) {
        String edit(String kind) {
            return kind + " " + name;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reportsEachEdit(long seed) {
        for (int number = 0; number < CASES_A_SEED; number++) {
            Random random = new Random(seed * 1_000 + number);
            List<Step> steps = steps(random, 10 + random.nextInt(120));
            List<Step> edited = new ArrayList<>();
            List<String> edits = edit(random, steps, edited);

            List<DiffRow> rows =
                    SessionDiff.of(exchanges(steps), exchanges(edited)).rows();

            assertThat(rows.stream().map(SeededEditsTest::describe).filter(text -> !text.isEmpty()))
                    .as("seed %d, case %d", seed, number)
                    .containsExactlyElementsOf(edits);
            assertThat(rows.stream().filter(row -> !(row instanceof DiffRow.OnlyB)))
                    .hasSize(steps.size());
        }
    }

    private static List<Step> steps(Random random, int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                            new Step(
                                    "query-status", "{}", "{\"return\": {\"status\": \"running\", \"running\": true}}");
                        case 1 ->
                            new Step(
                                    "device_add",
                                    "{\"driver\": \"virtio-blk-pci\", \"id\": \"d" + i + "\", \"bus\": \"b0\"}",
                                    "{\"return\": {}}");
                        case 2 ->
                            new Step(
                                    "query-block-" + i,
                                    "{\"flat\": false}",
                                    "{\"return\": [{\"device\": \"cd0\", \"locked\": false}, {\"device\": \"cd1\", \"locked\": true}]}");
                        default ->
                            new Step(
                                    "eject-" + i,
                                    "{\"force\": true, \"size\": " + i + "}",
                                    "{\"error\": {\"class\": \"GenericError\", \"desc\": \"no " + i + "\"}}");
                    });
        }
        return steps;
    }

    /** Edits stand apart from each other, so that each has one reading. */
    private static List<String> edit(Random random, List<Step> steps, List<Step> edited) {
        List<String> edits = new ArrayList<>();
        int quiet = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean isEditable = quiet-- <= 0 && !step.name().equals("query-status") && random.nextInt(6) == 0;
            int choice = isEditable ? random.nextInt(4) : 4;
            quiet = isEditable ? 2 : quiet;
            switch (choice) {
                case 0 -> {
                    Step inserted = new Step("x-new-" + i, "{\"a\": 1}", "{\"return\": {}}");
                    edited.add(inserted);
                    edited.add(step);
                    edits.add(inserted.edit("+"));
                }
                case 1 -> edits.add(step.edit("-"));
                case 2 -> {
                    String arguments = step.arguments().replace("{", "{\"extra\": [1], ");
                    edited.add(new Step(step.name(), arguments, step.reply()));
                    edits.add(step.edit("~") + " $.arguments.extra");
                }
                case 3 -> edits.add(changeReply(step, edited));
                default -> edited.add(step);
            }
        }
        return edits;
    }

    private static String changeReply(Step step, List<Step> edited) {
        if (step.reply().contains("cd1")) {
            edited.add(new Step(
                    step.name(), step.arguments(), step.reply().replace("\"locked\": true", "\"locked\": null")));
            return step.edit("~") + " $.return[device=cd1].locked";
        } else if (step.reply().contains("error")) {
            edited.add(new Step(step.name(), step.arguments(), step.reply().replace("no ", "not ")));
            return step.edit("~") + " $.error.desc";
        }
        edited.add(new Step(step.name(), step.arguments(), "{\"return\": {\"more\": 1}}"));
        return step.edit("~") + " $.return.more";
    }

    private static List<Exchange> exchanges(List<Step> steps) {
        Frames session = Frames.ofMachine("m");
        int id = 0;
        for (Step step : steps) {
            session.client("{\"execute\": \"" + step.name() + "\", \"arguments\": " + step.arguments() + ", \"id\": "
                    + ++id + "}");
            session.server(step.reply().replaceFirst("}$", ", \"id\": " + id + "}"));
        }
        return Exchange.of(session.frames());
    }

    static String describe(DiffRow row) {
        if (row instanceof DiffRow.OnlyA only) {
            return "- " + only.a().name();
        } else if (row instanceof DiffRow.OnlyB only) {
            return "+ " + only.b().name();
        } else if (row instanceof DiffRow.Changed changed) {
            return "~ " + changed.a().name() + " "
                    + String.join(
                            " ",
                            changed.changes().stream().map(MemberChange::path).toList());
        }
        return "";
    }
}
