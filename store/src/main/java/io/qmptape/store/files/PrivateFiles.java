package io.qmptape.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that are their owner's alone, from their first moment and whatever the umask, where the file system knows modes. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    public static final String DRAFT = ".new";
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(DIRECTORY);
    private static final FileAttribute<?> FILE_OF_OWNER = PosixFilePermissions.asFileAttribute(FILE);

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
        keepPrivate(directory);
    }

    /** Whether a text can only ever name a file in the directory that it is looked up in, and no hidden one. */
    public static boolean isPlainName(String text) {
        return !text.isEmpty() && !text.startsWith(".") && text.indexOf('/') < 0 && text.indexOf(0) < 0;
    }

    /**
     * Opens a file for writing, of mode 0600; a link is not followed.
     *
     * @param making {@link StandardOpenOption#CREATE} or {@link StandardOpenOption#CREATE_NEW}
     */
    public static FileChannel open(Path file, StandardOpenOption making) throws IOException {
        FileChannel channel = opened(file, Set.of(making, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            // the umask may have taken more away
            keepPrivate(file);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel opened(Path file, Set<OpenOption> options) throws IOException {
        try {
            return FileChannel.open(file, options, FILE_OF_OWNER);
        } catch (UnsupportedOperationException e) {
            return FileChannel.open(file, options);
        }
    }

    /** Gives what somebody else's code made mode 0600, or 0700 to a directory. */
    public static void keepPrivate(Path path) throws IOException {
        try {
            boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(path, isDirectory ? DIRECTORY : FILE);
        } catch (UnsupportedOperationException e) {
            // a file system without modes
            return;
        }
    }

    /**
     * Makes a file of mode 0600 with its whole content at once. Of several processes that try, one wins; a file that is
     * there stays as it is. A process that dies meanwhile may leave a file of the same name with {@link #DRAFT} at its end.
     */
    public static void writeOnce(Path file, String content) throws IOException {
        Path name = file.getFileName();
        // files for temporary use are the owner's alone
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), String.valueOf(name), DRAFT);
        try {
            keepPrivate(draft);
            Files.writeString(draft, content, StandardOpenOption.SYNC);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException lost) {
            // Another process was first: its content holds.
        } finally {
            Files.delete(draft);
        }
    }

    /** Deletes a directory and all below it; what is gone already is no fault. */
    public static void deleteTree(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
