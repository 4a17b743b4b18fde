package io.qmptape.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

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
        Path path = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(path)) {
            return Optional.empty();
        }
        Optional<FileMutex> mutex = Optional.empty();
        try {
            mutex = lock(path);
            return mutex;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file + ": " + Reason.of(e), e);
        } finally {
            if (mutex.isEmpty()) {
                HELD_HERE.remove(path);
            }
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
        if (!Files.exists(file)) {
            return false;
        }
        Optional<FileMutex> mutex = tryAcquire(file);
        mutex.ifPresent(FileMutex::close);
        return mutex.isEmpty();
    }

    /** Gives the lock back and takes the file away: for locks of things that are there once. */
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

    private static Optional<FileMutex> lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            PrivateFiles.keepPrivate(path);
            FileLock lock = channel.tryLock();
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
}
