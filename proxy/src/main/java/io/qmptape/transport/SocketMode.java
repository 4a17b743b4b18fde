package io.qmptape.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who may connect to a socket file.
 *
 * @param mode permission bits
 * @param uid empty: whoever made it
 */
record SocketMode(int mode, OptionalInt uid, OptionalInt gid) {
    private static final int PERMISSIONS = 0777;
    private static final int GROUP = 0070;
    private static final SocketMode OWNER_ONLY = new SocketMode(0600, OptionalInt.empty(), OptionalInt.empty());

    /** That of the model's socket file; if there is none to be read, only the owner may connect. */
    static SocketMode like(Optional<Endpoint> model) {
        return model.map(endpoint -> endpoint instanceof TurnedEndpoint turned ? turned.place() : endpoint)
                .filter(UnixEndpoint.class::isInstance)
                .map(unix -> of(((UnixEndpoint) unix).path()))
                .orElse(OWNER_ONLY);
    }

    static SocketMode of(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode");
            int uid = (int) Files.getAttribute(path, "unix:uid");
            int gid = (int) Files.getAttribute(path, "unix:gid");
            return new SocketMode(mode & PERMISSIONS, OptionalInt.of(uid), OptionalInt.of(gid));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return OWNER_ONLY;
        }
    }

    /** Bits meant for a group that the file cannot be given to are not given to another one. */
    void applyTo(Path path) throws IOException {
        if (uid.isPresent()) {
            tryToSet(path, "unix:uid", uid.getAsInt());
        }
        boolean isGroupKept = gid.isEmpty() || tryToSet(path, "unix:gid", gid.getAsInt());
        Files.setAttribute(path, "unix:mode", isGroupKept ? mode : mode & ~GROUP);
    }

    private static boolean tryToSet(Path path, String attribute, int id) throws IOException {
        if (Files.getAttribute(path, attribute).equals(id)) {
            return true;
        }
        try {
            Files.setAttribute(path, attribute, id);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
