package io.qmptape.cli;

import io.qmptape.handover.Courier;
import io.qmptape.handover.OnTapeFailure;
import io.qmptape.handover.RecorderState;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.traffic.TrafficPort;

/** A recorder in a process of its own: the relay does not share its fate. */
final class RecorderApart implements RecorderSite {
    private final Courier courier;

    RecorderApart(RecorderProcess process, OnTapeFailure onFailure) {
        this.courier = new Courier(process, RecorderOptions.defaults().queueBytes(), onFailure);
    }

    @Override
    public TrafficPort port() {
        return courier;
    }

    RecorderState state() {
        return courier.state();
    }

    @Override
    public void start() {
        courier.start();
    }

    @Override
    public void close() {
        courier.close();
    }
}
