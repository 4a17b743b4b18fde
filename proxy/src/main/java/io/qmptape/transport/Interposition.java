package io.qmptape.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our socket at the path of a live one.
 *
 * <pre>
 *   NAME: monitor
 *   NAME: monitor   .NAME.qmptape: monitor
 *   NAME: ours      .NAME.qmptape: monitor     while we listen
 *   NAME: monitor
 * </pre>
 *
 * Each step is one call of the system, so that clients find a socket at any time, and what a crash leaves can be put in order.
 */
final class Interposition implements Place {
    private static final Logger LOG = LoggerFactory.getLogger(Interposition.class);

    private final MonitorSocket monitor;
    private final SocketFile aside;
    private final SocketFile ours;

    private Interposition(MonitorSocket monitor, SocketFile aside, SocketFile ours) {
        this.monitor = monitor;
        this.aside = aside;
        this.ours = ours;
    }

    /** Shows the socket of the stage in front of the monitor's. */
    static Interposition of(MonitorSocket monitor, SocketStage stage) throws IOException {
        SocketMode mode = monitor.mode();
        monitor.setAside();
        try {
            SocketFile aside = SocketFile.at(monitor.aside());
            SocketFile ours = stage.replace(mode);
            if (!mode.equals(SocketMode.of(monitor.path()))) {
                LOG.warn("{} could not be given owner, group and mode of the monitor's socket", monitor.path());
            }
            return new Interposition(monitor, aside, ours);
        } catch (IOException e) {
            monitor.putBack();
            throw e;
        }
    }

    @Override
    public boolean isOurs() throws IOException {
        return ours.isOurs();
    }

    /** A path that somebody else has taken meanwhile stays theirs. */
    @Override
    public void leave() throws IOException {
        boolean isOurs = isOurs();
        if (!aside.isOurs()) {
            ours.leave();
        } else if (isOurs) {
            monitor.putBack();
        } else if (!SocketFile.isLive(monitor.aside())) {
            aside.leave();
        } else if (!Files.exists(monitor.path(), LinkOption.NOFOLLOW_LINKS)) {
            monitor.putBack();
        } else {
            LOG.warn("{} is somebody else's now; the monitor stays at {}", monitor.path(), monitor.aside());
        }
    }
}
