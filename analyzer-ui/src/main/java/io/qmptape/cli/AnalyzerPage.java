package io.qmptape.cli;

import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.analyzer.index.LuceneIndex;
import io.qmptape.analyzer.web.AnalyzerServer;
import io.qmptape.analyzer.web.Recordings;
import io.qmptape.analyzer.web.ServerOptions;
import io.qmptape.catalog.Catalog;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionTail;
import io.qmptape.store.Tape;
import io.qmptape.traffic.SessionId;

/** The analyzer of one tape: its index, kept up with the tape, and the page. Owns both. */
final class AnalyzerPage implements AutoCloseable {
    private final LuceneIndex index;
    private final AnalyzerServer server;

    /** Opens the index; reads what is new on the tape. */
    AnalyzerPage(Places places, Tape tape, int port) {
        this.index = LuceneIndex.open(places.cache(), tape);
        Recordings recordings = new Recordings(
                tape.directory().toString(),
                index,
                tape::at,
                id -> new TailFeed(new SessionTail(tape, id)),
                new CatalogEntries(Catalog.bundled()),
                new KnownComparisons(index::session, (a, b) -> SessionDiff.between(load(tape, a), load(tape, b))));
        this.server = new AnalyzerServer(new ServerOptions(port), recordings);
    }

    void start() {
        index.catchUp();
        index.start();
        server.start();
    }

    /** Reads what has come onto the tape, now. */
    void catchUp() {
        index.catchUp();
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        index.close();
    }

    private static RecordedSession load(Tape tape, SessionId id) {
        return RecordedSession.load(tape.session(id));
    }
}
