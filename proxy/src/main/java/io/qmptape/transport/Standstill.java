package io.qmptape.transport;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Descriptors that the system does not take for now: said once when it begins, and borne for a while. */
final class Standstill {
    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();

    private final String reason;
    private boolean isOn;
    private long sinceNanos;

    Standstill(String reason) {
        this.reason = reason;
    }

    boolean isOn() {
        return isOn;
    }

    /** It does not go on yet. */
    void hold() throws IOException {
        long now = System.nanoTime();
        if (!isOn) {
            isOn = true;
            sinceNanos = now;
            LOG.atWarn().addKeyValue("reason", reason).log("file descriptors wait");
        } else if (now - sinceNanos > LIMIT_NANOS) {
            LOG.atWarn().addKeyValue("reason", reason).log("file descriptors cannot be passed: their connection ends");
            throw new IOException("file descriptors cannot be passed: " + reason);
        }
    }

    void end() {
        isOn = false;
    }
}
