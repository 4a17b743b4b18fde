package io.qmptape.testkit;

import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;

/** Hears all, and takes what comes while a test lets it. */
public class MoodyPort implements TrafficPort {
    public final CollectingPort heard = new CollectingPort();
    public volatile boolean takes = true;

    @Override
    public void seen(Traffic traffic) {
        heard.seen(traffic);
    }

    @Override
    public boolean takes() {
        return takes;
    }
}
