package io.qmptape.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. Data goes to stdout, talk to stderr; exit 0 = fine, 1 = findings or differences, 2 = trouble. */
@Command(
        name = "qmptape",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The flight recorder for QEMU's machine protocol (QMP).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            DemoCommand.class,
            RecordCommand.class,
            InterposeCommand.class,
            RunCommand.class,
            RecorderCommand.class,
            SessionsCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            SearchCommand.class,
            DiffCommand.class,
            UiCommand.class,
            LintCommand.class,
            CatalogCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            RedactCommand.class,
            PinCommand.class,
            PruneCommand.class,
            PackCommand.class,
            DeleteCommand.class
        },
        footer = {
            "",
            "S, A and B name a session: its id or the first 4 characters or more of it,",
            "latest, latest~N (the N-th before), or a transcript file (*.jsonl or a path).",
            "E is an endpoint: unix:/path, unix:@abstract, tcp:host:port, tls:host:port, or a path;",
            "to listen on, also fd:N, a socket that qmptape is started with, or fd:systemd, a socket",
            "unit's. tls:host:port,creds=DIR names the certificates' directory (else /etc/pki/qemu),",
            "as QEMU's tls-creds-x509 has it; with ,verify-peer=off none is looked at.",
            "",
            "Data goes to stdout, talk to stderr. Exit code: 0 fine or same;",
            "1 findings, differences, no match or divergence; 2 trouble or bad usage."
        })
public final class Qmptape {
    static final int FINE = 0;
    static final int DIFFERENT = 1;
    static final int TROUBLE = 2;

    private final Places places;

    Qmptape(Places places) {
        this.places = places;
    }

    /** Held, so that its level stays: on newer Javas Lucene tells there which of their features it would like to have. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    public static void main(String[] args) {
        LUCENE.setLevel(Level.OFF);
        StandardOutput out = StandardOutput.install();
        int code = new Qmptape(Places.ofEnvironment()).run(args);
        System.exit(out.judge(code));
    }

    /** Where the files of this run lie. */
    Places places() {
        return places;
    }

    int run(String... args) {
        CommandLine line = new CommandLine(this);
        line.setExecutionExceptionHandler(new Complaint());
        line.setParameterExceptionHandler(new Complaint());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExitCodeExceptionMapper(exception -> TROUBLE);
        if (args.length == 0) {
            line.usage(System.err);
            return TROUBLE;
        }
        return line.execute(args);
    }
}
