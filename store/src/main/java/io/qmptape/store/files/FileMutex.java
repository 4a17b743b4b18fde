package io.qmptape.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An empty file whose lock one holder in all processes of this machine has. The kernel gives it back when the holder dies.
 *
 * <p>The lock belongs to the process and is lost as soon as the process closes the file anywhere, so nothing else may
 * open these files, and what is held here is known by a set of this process, not by trying. Safe for threads.
 */
public final class FileMutex implements AutoCloseable {
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final long PAUSE_NANOS = 1_000_000;

    private final Path file;
    private final FileChannel channel;
    private boolean isReleased;

    private FileMutex(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file made (mode 0600) if it is missing
     * @throws UncheckedIOException if there can be no such file, or no lock on it
     */
    public static Optional<FileMutex> tryAcquire(Path file) {
        try {
            return tryLockNow(real(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file + ": " + Reason.of(e), e);
        }
    }

    /** Waits for the lock. */
    public static FileMutex acquire(Path file, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<FileMutex> mutex = tryAcquire(file);
        while (mutex.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new UncheckedIOException(new IOException(file + " has been locked by another process for "
                        + patience.toSeconds() + " s: see what that process does"));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            mutex = tryAcquire(file);
        }
        return mutex.get();
    }

    /** Whether somebody has it now, here or elsewhere. */
    public static boolean isHeld(Path file) {
        try {
            Optional<FileMutex> mutex = tryLock(real(file), false);
            mutex.ifPresent(FileMutex::close);
            return mutex.isEmpty();
        } catch (NoSuchFileException nobody) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file + ": " + Reason.of(e), e);
        }
    }

    /**
     * Gives the lock back and takes the file away: for names that are used once. Where many make and delete the same file
     * again and again, one could hold a file that has lost its name, for the numbers of files are used again.
     */
    public void closeAndDelete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + Reason.of(e), e);
        } finally {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (isReleased) {
            return;
        }
        isReleased = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file + ": " + Reason.of(e), e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static Optional<FileMutex> tryLockNow(Path path) throws IOException {
        try {
            return tryLock(path, true);
        } catch (NoSuchFileException taken) {
            // somebody had it, who has just taken it away
            return Optional.empty();
        }
    }

    /** One name for one file: else it could be opened twice here. */
    private static Path real(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        return path.resolveSibling("").toRealPath().resolve(path.getFileName());
    }

    /** @throws NoSuchFileException if it is not there and not to be made, or was taken away meanwhile */
    private static Optional<FileMutex> tryLock(Path path, boolean isMade) throws IOException {
        if (!HELD_HERE.add(path)) {
            return Optional.empty();
        }
        Optional<FileMutex> mutex = Optional.empty();
        try {
            if (isMade) {
                PrivateFiles.open(path, StandardOpenOption.CREATE).close();
            }
            mutex = lock(path);
            return mutex;
        } finally {
            if (mutex.isEmpty()) {
                HELD_HERE.remove(path);
            }
        }
    }

    /**
     * A lock counts only on the file that has the name: one that was taken away meanwhile has another holder's lock behind
     * it, on a new file.
     */
    private static Optional<FileMutex> lock(Path path) throws IOException {
        Object number = number(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean isLocked = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock != null && !Objects.equals(number, number(path))) {
                throw new NoSuchFileException(path.toString());
            }
            isLocked = lock != null;
            return isLocked ? Optional.of(new FileMutex(path, channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            // by another path to the same file
            return Optional.empty();
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
    }

    /** Null where the file system numbers no files. */
    private static @Nullable Object number(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
