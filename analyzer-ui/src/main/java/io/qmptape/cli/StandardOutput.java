package io.qmptape.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Stdout in UTF-8 whatever the locale, because what goes there is data. Remembers why it could not be written: Java's
 * own stream keeps that to itself.
 */
final class StandardOutput extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    /** Puts itself in the place of {@link System#out}, and UTF-8 on stderr too. */
    static StandardOutput install() {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        return out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The exit code, made worse if not all was written; says why, but not that a reader as {@code head} had enough. */
    int judge(int code) {
        System.out.flush();
        IOException reason = failure;
        if (reason == null) {
            return code;
        }
        if (!String.valueOf(reason.getMessage()).contains("Broken pipe")) {
            System.err.println("qmptape: cannot write to stdout: " + reason.getMessage());
        }
        return Qmptape.TROUBLE;
    }
}
