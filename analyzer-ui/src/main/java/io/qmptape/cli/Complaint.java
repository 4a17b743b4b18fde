package io.qmptape.cli;

import io.qmptape.analyzer.query.QuerySyntaxException;
import io.qmptape.store.TapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in one line on stderr, and ends with exit code 2. */
final class Complaint implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException thrown, String[] args) {
        CommandLine command = thrown.getCommandLine();
        say(text(thrown) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
        return Qmptape.TROUBLE;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
        if (thrown instanceof QuerySyntaxException syntax) {
            say("query, column " + syntax.column() + ": " + syntax.getMessage());
        } else if (thrown instanceof TapeException
                || thrown instanceof IOException
                || thrown instanceof UncheckedIOException
                || thrown instanceof IllegalArgumentException) {
            say(text(thrown));
        } else {
            say("this is a fault of qmptape: " + thrown + " (QMPTAPE_DEBUG=1 shows where)");
        }
        if (System.getenv("QMPTAPE_DEBUG") != null) {
            thrown.printStackTrace();
        }
        return Qmptape.TROUBLE;
    }

    private static String text(ParameterException thrown) {
        boolean isCommand = thrown instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !thrown.getCommandLine().getSubcommands().isEmpty();
        if (!isCommand) {
            return String.valueOf(thrown.getMessage());
        }
        List<String> unmatched = ((UnmatchedArgumentException) thrown).getUnmatched();
        List<String> meant = ((UnmatchedArgumentException) thrown).getSuggestions();
        return "there is no command '" + unmatched.get(0) + "'"
                + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?");
    }

    /** A wrapped fault repeats the type of its cause, which says nothing to a person. */
    private static String text(Exception thrown) {
        Throwable cause = thrown.getCause();
        if (cause != null && cause.toString().equals(thrown.getMessage())) {
            return String.valueOf(cause.getMessage());
        }
        return String.valueOf(thrown.getMessage());
    }

    private static void say(String text) {
        System.err.println("qmptape: " + Printable.of(text.replaceAll("\\R+", " ")));
    }
}
