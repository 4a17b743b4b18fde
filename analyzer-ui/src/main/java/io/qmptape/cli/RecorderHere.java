package io.qmptape.cli;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Validator;
import io.qmptape.store.Tape;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Recorder;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.TrafficPort;

/** A recorder in this process, for what is short and at hand. */
final class RecorderHere implements RecorderSite {
    private final Recorder recorder;
    private final Caretaker caretaker;

    RecorderHere(Tape tape, TapeRules rules, Clock clock) {
        this.recorder = new Recorder(tape, new Recorder.Means(judging(), rules.redaction(), clock, rules.recorder()));
        this.caretaker = new Caretaker(tape, rules.care(), clock);
    }

    static Judging judging() {
        Catalog catalog = Catalog.bundled();
        return new Judging(catalog.id(), () -> new Validator(catalog)::judge);
    }

    @Override
    public TrafficPort port() {
        return recorder;
    }

    @Override
    public void start() {
        recorder.start();
        caretaker.start();
    }

    @Override
    public void close() {
        recorder.close();
        caretaker.close();
    }
}
