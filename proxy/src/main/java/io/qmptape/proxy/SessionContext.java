package io.qmptape.proxy;

import io.qmptape.traffic.Clock;
import io.qmptape.transport.EventLoops;

/** What all sessions of one proxy share. */
record SessionContext(
        ProxyOptions options,
        Surroundings around,
        Identity identity,
        Monitors monitors,
        WaitingLine line,
        Sessions sessions) {
    static SessionContext of(ProxyOptions options, Surroundings around) {
        Identity identity = new Identity(around.loops(), ProcessFiles.ofSystem(), options);
        return new SessionContext(
                options, around, identity, Monitors.of(options, around), new WaitingLine(), new Sessions());
    }

    EventLoops loops() {
        return around.loops();
    }

    Clock clock() {
        return around.clock();
    }
}
