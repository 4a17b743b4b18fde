package io.qmptape.cli;

import io.qmptape.store.care.Patience;

/** How a command tells what it waits for. */
final class Waiting {
    private Waiting() {}

    static Patience aloud() {
        return Patience.telling(reel ->
                System.err.println("waiting for the recorder of the reel " + Printable.of(reel, 100) + " to end it"));
    }
}
