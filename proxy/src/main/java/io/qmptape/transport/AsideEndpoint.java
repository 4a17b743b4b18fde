package io.qmptape.transport;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A monitor that somebody may stand in front of: known by its path, and reached by the name that it has meanwhile. */
record AsideEndpoint(Path path, Path aside) implements Endpoint {
    UnixEndpoint now() {
        return new UnixEndpoint(Files.exists(aside, LinkOption.NOFOLLOW_LINKS) ? aside : path);
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }
}
