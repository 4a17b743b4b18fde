package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Validator;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Judge a session by the catalog; exit code 1 if there are findings.")
final class LintCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", description = "The session.")
    private String session = "";

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    private int count;

    @Override
    public Integer call() {
        Catalog catalog = Catalog.bundled();
        Validator validator = new Validator(catalog);
        tape.session(session).source().read(record -> {
            if (record instanceof FrameRecorded recorded) {
                print(recorded, validator.judge(recorded.frame(), recorded.read()));
            }
        });
        System.err.println(SessionText.count(count, "finding") + " by catalog " + catalog.id());
        return count == 0 ? Qmptape.FINE : Qmptape.DIFFERENT;
    }

    private void print(FrameRecorded recorded, List<Finding> findings) {
        for (Finding finding : findings) {
            count++;
            if (json.isOn()) {
                ObjectNode object = JsonOption.object().put("seq", recorded.sequence());
                object.put("rule", finding.rule())
                        .put("severity", finding.severity().word());
                JsonOption.print(object.put("path", finding.path()).put("text", finding.text()));
            } else {
                System.out.println(
                        "#" + recorded.sequence() + " " + finding.severity().word() + " " + finding.rule() + " at "
                                + Printable.of(finding.path(), 200) + ": " + Printable.of(finding.text(), 400));
            }
        }
    }
}
