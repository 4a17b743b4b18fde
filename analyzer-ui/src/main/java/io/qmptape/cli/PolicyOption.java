package io.qmptape.cli;

import io.qmptape.gate.Admission;
import io.qmptape.policy.Policy;
import io.qmptape.policy.PolicyReader;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What clients may do. */
final class PolicyOption {
    private static final int MAX_BYTES = 1 << 20;

    @Option(
            names = "--policy",
            paramLabel = "FILE|read-only",
            description = {
                "Deny commands by the rules in FILE, the first that matches: a line each,",
                "  allow|deny COMMAND[,...] [effect=EFFECT[,...]] [uid=N] [gid=N] [process=NAME]",
                "with * in names, and effects read-only, session, mutating. What none matches is denied.",
                "read-only: what only reads, and negotiation."
            })
    private @Nullable String policy;

    /**
     * Empty if all may be sent.
     *
     * @throws IllegalArgumentException with file, line, what is wrong and what is expected, if a rule is none
     * @throws UncheckedIOException if there is no such file to be read
     */
    Optional<Admission> admission() {
        return Optional.ofNullable(policy).map(text -> Policy.named(text).orElseGet(() -> read(text)));
    }

    private static Policy read(String file) {
        if (!Files.exists(Path.of(file))) {
            throw new IllegalArgumentException(
                    "there is no file " + file + ", nor a policy of that name: there is " + Policy.READ_ONLY);
        }
        try {
            return PolicyReader.read(file, lines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** Bytes that are no text are no rule either, and the reader tells in which line. */
    private static List<String> lines(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] text = in.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is too long to be a policy: " + (MAX_BYTES >> 20)
                        + " MiB of rules are the most; is it the right file?");
            }
            return new String(text, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
