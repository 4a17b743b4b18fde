package io.qmptape.transport;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A private directory beside a socket's final place, where it is bound and given its mode before anyone can reach it. So
 * there is no moment in which it is wider open than meant, or there but not yet listening.
 */
final class SocketStage implements AutoCloseable {
    private static final String PREFIX = ".q";

    private final Path target;
    private final Path directory;

    private SocketStage(Path target, Path directory) {
        this.target = target;
        this.directory = directory;
    }

    /** Makes room at {@code target}, or says why that cannot be. */
    static SocketStage beside(Path target) throws IOException {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException("the directory " + parent + " does not exist");
        }
        SocketFile.clear(target);
        return inFrontOf(target);
    }

    /** What is at {@code target} stays until it is replaced. */
    static SocketStage inFrontOf(Path target) throws IOException {
        try {
            // as relative as the target: a whole path may be longer than a socket's may be
            Path directory = target.resolveSibling(PREFIX + Long.toString(System.nanoTime() & 0xfffff, 36));
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            SocketStage stage = new SocketStage(target, Files.createDirectory(directory, ownerOnly));
            stage.checkLength();
            return stage;
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to make a file in its directory", e);
        }
    }

    private void checkLength() throws IOException {
        int bytes = UnixEndpoint.lengthOf(socket());
        if (bytes > UnixEndpoint.MAX_PATH_BYTES) {
            close();
            throw new IOException("its directory's path is too long by " + (bytes - UnixEndpoint.MAX_PATH_BYTES)
                    + " bytes for making a socket in private there: " + UnixEndpoint.SHORTER);
        }
    }

    Path socket() {
        return directory.resolve("s");
    }

    /** Shows the bound socket at its place; fails if something got there first. */
    SocketFile publish(SocketMode mode) throws IOException {
        mode.applyTo(socket());
        try {
            Files.createLink(target, socket());
        } catch (FileAlreadyExistsException e) {
            throw new IOException("something else has just appeared there", e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // a file system without links: this could replace a server of the last microsecond
            Files.move(socket(), target, StandardCopyOption.ATOMIC_MOVE);
        }
        return SocketFile.at(target);
    }

    /** Shows the bound socket in the place of what is there, in one step. */
    SocketFile replace(SocketMode mode) throws IOException {
        mode.applyTo(socket());
        Files.move(socket(), target, StandardCopyOption.ATOMIC_MOVE);
        return SocketFile.at(target);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket());
        Files.deleteIfExists(directory);
    }
}
