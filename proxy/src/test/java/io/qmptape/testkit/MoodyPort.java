package io.qmptape.testkit;

import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.util.function.Consumer;

/** Hears all, and takes what comes while a test lets it. */
public class MoodyPort implements TrafficPort {
    public final CollectingPort heard = new CollectingPort();
    public volatile boolean takes = true;
    public volatile Consumer<SessionId> end = session -> {};

    @Override
    public void seen(Traffic traffic) {
        heard.seen(traffic);
    }

    @Override
    public void whenCrowded(Consumer<SessionId> ender) {
        end = ender;
    }

    @Override
    public boolean takes() {
        return takes;
    }
}
