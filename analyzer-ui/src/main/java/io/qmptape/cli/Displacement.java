package io.qmptape.cli;

import io.qmptape.transport.Endpoint;
import io.qmptape.transport.InterposedEndpoint;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sees that clients do not come to us any more, and says so: a QEMU that is started anew makes a socket of its own. */
final class Displacement {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Recording recording;
    private final int monitors;
    private final Map<Endpoint, String> told = new HashMap<>();

    /** @param monitors how many are recorded */
    Displacement(Recording recording, int monitors) {
        this.recording = recording;
        this.monitors = monitors;
    }

    /** Returns when the signal comes, or when nothing is left to be recorded. */
    void watch(Ending ending) throws InterruptedException {
        while (!ending.await(LOOK)) {
            var displaced = recording.displaced();
            displaced.forEach(this::tell);
            if (displaced.size() == monitors && recording.openSessions() == 0) {
                System.err.println("nothing is left to record");
                return;
            }
        }
    }

    private void tell(Endpoint displaced) {
        String how = how(displaced);
        if (!how.equals(told.put(displaced, how))) {
            System.err.println("qmptape: " + displaced + how);
        }
    }

    private static String how(Endpoint displaced) {
        boolean isThere =
                displaced instanceof InterposedEndpoint place && Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS);
        return isThere
                ? " is another server's now, as of a QEMU that was started anew: it is not recorded; interpose again"
                : " is gone: its QEMU has ended, or somebody removed it";
    }
}
