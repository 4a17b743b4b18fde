package io.qmptape.store.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that are their owner's alone, from their first moment, where the file system knows modes. */
public final class PrivateFiles {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes a directory of mode 0700, those above it as usual; one that is there stays as it is. */
    public static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory.toAbsolutePath().getParent());
        try {
            Files.createDirectories(directory, OWNER_ONLY);
        } catch (UnsupportedOperationException e) {
            Files.createDirectories(directory);
        }
    }

    /**
     * Makes a file of mode 0600 with its whole content at once. Of several processes that try, one wins; a file that is
     * there stays as it is.
     */
    public static void writeOnce(Path file, String content) throws IOException {
        Path name = file.getFileName();
        // files for temporary use are the owner's alone
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), String.valueOf(name), ".new");
        try {
            Files.writeString(draft, content);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException lost) {
            // Another process was first: its content holds.
        } finally {
            Files.delete(draft);
        }
    }
}
