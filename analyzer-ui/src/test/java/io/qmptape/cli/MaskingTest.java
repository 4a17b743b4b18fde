package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.store.redaction.MaskRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options about masking, and sessions that were recorded without. */
class MaskingTest {
    private static final String PASSWORD = "a-password-in-clear";

    @TempDir
    private Path home;

    private Path clear;

    @BeforeEach
    void writeASessionInClear() throws IOException {
        clear = home.resolve("clear.qmp.jsonl");
        String id = "5ec4e700-0000-4000-8000-000000000001";
        Files.writeString(clear, """
                {"qmptape":"transcript 1","session":"%s","opened":"2026-11-22T16:34:58Z","nanos":0,"boot":"b",\
                "machine":{"name":"vm","by":"option"},"client":{},"server":{},"listen":"unix:/l","upstream":"unix:/u",\
                "key":"unmasked","origin":"recorded"}
                {"seq":1,"t":1,"dir":"c2s","msg":{"execute":"set_password","arguments":{"protocol":"vnc","password":"%s"}}}
                {"seq":2,"t":2,"dir":"c2s","msg":{"execute":"x-login","arguments":{"pin":"%s"}}}
                {"closed":"client left","t":3}
                """.formatted(id, PASSWORD, PASSWORD));
    }

    @Test
    void aSessionInClearSaysSoWhereverItIsShown() throws IOException {
        CommandLineRun imported = run("import", clear.toString()).isFine();
        CommandLineRun exported = run("export", "latest").isFine();

        assertThat(imported.stderr()).contains("was recorded in clear");
        assertThat(run("show", "latest").isFine().out()).contains("masking  none: recorded in clear");
        assertThat(exported.stderr()).contains("was recorded in clear");
        assertThat(exported.stdout()).isEqualTo(Files.readAllBytes(clear));
        String line = run("sessions", "--json").isFine().out();
        assertThat(new ObjectMapper().readTree(line).get("unmasked").asBoolean())
                .isTrue();
    }

    @Test
    void importMasksWhenToldHow() {
        run("import", "--mask=pseudonym", "--mask-rule", "x-login arguments.pin", clear.toString())
                .isFine();

        CommandLineRun exported = run("export", "latest").isFine();

        assertThat(exported.out()).doesNotContain(PASSWORD, "unmasked");
        assertThat(exported.stderr()).contains("2 secrets of it masked").doesNotContain("in clear");
    }

    @Test
    void importDropsWhenToldTo() {
        run("import", "--mask=drop", clear.toString()).isFine();

        assertThat(run("export", "latest").isFine().out()).contains("\"password\":\"[masked]\"", "\"key\":\"dropped\"");
        assertThat(home.resolve(".config/qmptape/keys")).doesNotExist();
    }

    @Test
    void theRulesFileOfAUserHoldsAlways() throws IOException {
        Path file = Files.createDirectories(home.resolve(".config/qmptape")).resolve("mask.rules");
        Files.writeString(file, "# mine\nx-login arguments.pin\n");

        run("import", "--mask=drop", clear.toString()).isFine();

        assertThat(run("export", "latest").isFine().out()).doesNotContain(PASSWORD);
    }

    @Test
    void aFaultInTheRulesFileIsToldWithItsLineAndNothingIsMade() throws IOException {
        Path file = Files.createDirectories(home.resolve(".config/qmptape")).resolve("mask.rules");
        Files.writeString(file, "# mine\nx-login pin\n");

        run("record", "--listen", home + "/c", "--upstream", "/x").complains(file + ":2: a path begins with");

        assertThat(home.resolve(".local/state/qmptape")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mask=hide                          | Invalid value for option '--mask'",
                "--mask-also=everything               | nothing can be masked under the name 'everything'",
                "--mask-rule=x-login                  | --mask-rule:1: 'x-login' is no rule: write COMMAND PATH",
                "--no-redact --mask=drop              | --no-redact masks nothing",
            })
    void aWrongOptionIsTold(String options, String words) {
        String[] args = ("record --listen /x --upstream /y " + options).split(" +", -1);

        run(args).complains(words);

        assertThat(home.resolve(".local/state/qmptape")).doesNotExist();
    }

    @Test
    void theHelpNamesAllThatCanBeMasked() {
        String help = run("record", "--help").isFine().out();

        assertThat(help).contains(MaskRules.groups());
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
