package io.qmptape.store;

import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Which tape this is, in a small text file of the tape's directory. Index and redaction key are found by it. */
public record TapeIdentity(UUID id) {
    private static final String FILE = "tape";
    private static final String HEADING = "qmptape tape 1";

    static TapeIdentity random() {
        return new TapeIdentity(UUID.randomUUID());
    }

    static Path fileIn(Path directory) {
        return directory.resolve(FILE);
    }

    static boolean isIn(Path directory) {
        return Files.isRegularFile(fileIn(directory));
    }

    static TapeIdentity read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            if (lines.size() < 2 || !lines.get(0).startsWith("qmptape tape ")) {
                throw new TapeException(file + " is not the identity of a tape: is " + directory + " one?");
            }
            if (!lines.get(0).equals(HEADING)) {
                throw new TapeException(directory + " is a tape of another version ('" + lines.get(0)
                        + "'); this qmptape knows '" + HEADING + "': use a newer one");
            }
            return new TapeIdentity(UUID.fromString(lines.get(1)));
        } catch (NoSuchFileException e) {
            throw new TapeException(
                    "there is no tape in " + directory + ": record one, or name another with --tape", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new TapeException(file + " holds no tape id in its second line", e);
        }
    }

    /** Reads the identity, or gives the directory one; of several processes at once one wins and all see its id. */
    static TapeIdentity readOrCreate(Path directory, TapeIdentity ifMissing) {
        if (!isIn(directory)) {
            create(directory, ifMissing);
        }
        return read(directory);
    }

    private static void create(Path directory, TapeIdentity identity) {
        try {
            PrivateFiles.writeOnce(directory.resolve(FILE), HEADING + "\n" + identity.id() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the tape's identity in " + directory + ": " + Reason.of(e), e);
        }
    }
}
