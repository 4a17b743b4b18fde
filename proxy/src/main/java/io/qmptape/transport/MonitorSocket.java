package io.qmptape.transport;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The live socket that another one is to stand in front of.
 *
 * @param path where clients look for it
 * @param aside its name while somebody stands in front of it
 * @param isAside whether it is there already, left so by a process that died
 */
record MonitorSocket(Path path, Path aside, boolean isAside) {
    /** Finds it, and clears away what a process that died has left. */
    static MonitorSocket of(InterposedEndpoint endpoint) throws IOException {
        Path path = endpoint.path();
        Path aside = endpoint.aside();
        if (!exists(aside) || isLeftOver(path, aside)) {
            refuseUnserved(path);
            return new MonitorSocket(path, aside, false);
        }
        if (exists(path) && SocketFile.isSocket(path) && SocketFile.isLive(path)) {
            throw new IOException(
                    "another process stands in front of it already (the monitor itself is at " + aside + ")");
        }
        return new MonitorSocket(path, aside, true);
    }

    SocketMode mode() {
        return SocketMode.of(isAside ? aside : path);
    }

    /** A second name first, so that there is no moment without a socket at the path. */
    void setAside() throws IOException {
        if (isAside) {
            return;
        }
        try {
            Files.createLink(aside, path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process is about to stand in front of it", e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // no links here, or none to files of others
            Files.move(path, aside);
        }
    }

    /** It has its path again, whatever was there, and no other name. */
    void putBack() throws IOException {
        if (exists(path) && SocketFile.areSame(path, aside)) {
            // moving would keep both names
            Files.delete(aside);
        } else {
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Whoever took it died between two steps, or its server did: then a new one may be at the path. */
    private static boolean isLeftOver(Path path, Path aside) throws IOException {
        if (!SocketFile.isSocket(aside)) {
            throw new IOException(aside + " is there and is no socket, it stays");
        }
        boolean isLeft = (exists(path) && SocketFile.areSame(path, aside)) || !SocketFile.isLive(aside);
        if (isLeft) {
            Files.delete(aside);
        }
        return isLeft;
    }

    private static void refuseUnserved(Path path) throws IOException {
        if (!exists(path)) {
            throw new IOException("there is no such socket");
        } else if (!SocketFile.isSocket(path)) {
            throw new IOException("it is no socket");
        } else if (!Files.isWritable(path)) {
            throw new IOException("no permission to connect to it");
        } else if (!ListeningSockets.haveName(path) && !SocketFile.isLive(path)) {
            throw new IOException("nobody listens there");
        }
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
