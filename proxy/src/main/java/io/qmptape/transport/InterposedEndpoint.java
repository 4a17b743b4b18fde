package io.qmptape.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The path of a live monitor's socket, to be listened at in its stead. While we do, the monitor's socket has a name beside it,
 * {@code .NAME.qmptape}, which {@link #monitor()} leads to; after that it has its path again.
 */
public record InterposedEndpoint(Path path) implements Endpoint {
    public InterposedEndpoint {
        // both names must be such that a client can connect to them
        new UnixEndpoint(path);
        new UnixEndpoint(aside(path));
    }

    /**
     * With the path that symbolic links lead to.
     *
     * @throws IOException if there is no such directory
     */
    public static InterposedEndpoint at(Path path) throws IOException {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException("the directory of " + path + " does not exist");
        }
        Path real = parent.toRealPath().resolve(path.getFileName());
        return new InterposedEndpoint(Files.isSymbolicLink(real) ? real.toRealPath() : real);
    }

    /** The monitor, wherever its socket is at the time. */
    public Endpoint monitor() {
        return new AsideEndpoint(path, aside());
    }

    /** The monitor's name while its path is ours. */
    Path aside() {
        return aside(path);
    }

    private static Path aside(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".qmptape");
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }
}
