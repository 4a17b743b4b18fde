package io.qmptape.cli;

import io.qmptape.proxy.Delays;
import io.qmptape.traffic.TrafficPort;

/** Where a recording's recorder is: in this process, or in one of its own. */
interface RecorderSite extends AutoCloseable {
    TrafficPort port();

    /** Hears what the relay costs. */
    default Delays delays() {
        return Delays.UNMEASURED;
    }

    /** @throws java.io.UncheckedIOException if the tape cannot be written */
    void start();

    /** Waits until all that was seen is written. */
    @Override
    void close();
}
