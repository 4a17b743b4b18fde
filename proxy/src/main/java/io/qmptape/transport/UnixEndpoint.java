package io.qmptape.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A socket in the file system. */
public record UnixEndpoint(Path path) implements Endpoint {
    /** What {@code sockaddr_un} has room for, less the zero at the end. */
    public static final int MAX_PATH_BYTES = 107;

    static final String SHORTER = "start in its directory and give the name alone, or go by a symbolic link";

    public UnixEndpoint {
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("unix: needs a path, as in unix:/run/vm.sock");
        }
        int bytes = lengthOf(path);
        if (bytes > MAX_PATH_BYTES) {
            throw new IllegalArgumentException("the path of a unix socket has at most " + MAX_PATH_BYTES
                    + " bytes, this one has " + bytes + " (" + SHORTER + "): " + path);
        }
    }

    static int lengthOf(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }
}
