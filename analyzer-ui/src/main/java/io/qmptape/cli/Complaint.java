package io.qmptape.cli;

import io.qmptape.analyzer.query.QuerySyntaxException;
import io.qmptape.store.TapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells what went wrong in one line on stderr, and ends with exit code 2. */
final class Complaint implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException thrown, String[] args) {
        CommandLine command = thrown.getCommandLine();
        say(thrown.getMessage() + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
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
            say(String.valueOf(thrown.getMessage()));
        } else {
            say("this is a fault of qmptape: " + thrown + " (QMPTAPE_DEBUG=1 shows where)");
        }
        if (System.getenv("QMPTAPE_DEBUG") != null) {
            thrown.printStackTrace();
        }
        return Qmptape.TROUBLE;
    }

    private static void say(String text) {
        System.err.println("qmptape: " + text.replaceAll("\\R+", " "));
    }
}
