package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What a user says to {@code record} about the tape is what its recorder hears. */
class RuleOptionsTest {
    static List<List<String>> given() {
        return List.of(
                List.of(),
                List.of("--sync"),
                List.of("--sync=each"),
                List.of("--pack-after=never", "--keep-age=90d"),
                List.of("--mask-rule=x-login arguments.pin", "--mask-rule=y arguments.a=b"),
                List.of("--mask=drop", "--mask-also=personal,memory"),
                List.of("--no-redact"),
                List.of("--tape=/a place/-t"));
    }

    @ParameterizedTest
    @MethodSource("given")
    void areHandedOnAsTheyWereGiven(List<String> options) {
        List<String> args = new ArrayList<>(List.of("--listen=/l", "--upstream=/u", "--name=vm"));
        args.addAll(options);
        CommandSpec recorder = CommandSpec.forAnnotatedObject(new RecorderCommand());

        List<String> words = RuleOptions.common(parsed(new RecordCommand(), args), recorder);

        ParseResult heard = parsed(new RecorderCommand(), words);
        ParseResult meant = parsed(new RecorderCommand(), options);
        assertThat(values(heard)).isEqualTo(values(meant));
    }

    private static ParseResult parsed(Object command, List<String> args) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(args.toArray(String[]::new));
    }

    private static List<String> values(ParseResult parsed) {
        return parsed.commandSpec().options().stream()
                .filter(option -> !option.help() && !option.usageHelp() && !option.versionHelp())
                .map(option -> option.longestName() + " " + text(option.getValue()))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof Path path ? path.toString() : String.valueOf(value);
    }
}
