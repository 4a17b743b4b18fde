package io.qmptape.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A socket in the file system, told from others by its inode. */
final class SocketFile implements Place {
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final Path path;
    private final @Nullable Object key;

    private SocketFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    static SocketFile at(Path path) throws IOException {
        return new SocketFile(path, keyOf(path));
    }

    @Override
    public boolean isOurs() throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key != null && key.equals(keyOf(path));
    }

    /** Removes the path if it is still ours. */
    @Override
    public void leave() throws IOException {
        if (isOurs()) {
            Files.deleteIfExists(path);
        }
    }

    /** Whether these are two names of one file. */
    static boolean areSame(Path one, Path other) throws IOException {
        Object key = keyOf(one);
        return key != null && key.equals(keyOf(other));
    }

    /** Removes a socket that a dead server left; refuses everything else that is there. */
    static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new IOException("there is something that is no socket, it stays");
        }
        if (isLive(path)) {
            throw new IOException("it is in use by a live server");
        }
        Files.deleteIfExists(path);
    }

    static boolean isSocket(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE) == SOCKET;
    }

    /** A full backlog, too, is a sign of life; only a refused connect is none. */
    static boolean isLive(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            if (SocketFault.of(e) == SocketFault.BUSY) {
                return true;
            }
            throw new IOException(
                    "a socket is there, and whether its server lives cannot be told: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
