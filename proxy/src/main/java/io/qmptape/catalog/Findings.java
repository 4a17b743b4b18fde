package io.qmptape.catalog;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found in one message, up to a limit; the rest is dropped. */
final class Findings {
    static final int MAX = 100;

    private final Peer peer;
    private final List<Finding> found = new ArrayList<>();

    Findings(Peer peer) {
        this.peer = peer;
    }

    /** What holds against every QEMU. */
    void add(Rule rule, String path, String text) {
        put(rule, rule.severity(), path, text);
    }

    /** What only the catalog says: of full weight against its era, else of {@code lesser}, and the text says so. */
    void addByCatalog(Rule rule, Severity lesser, String path, String text) {
        put(rule, peer.isOfEra() ? rule.severity() : lesser, path, text + peer.reserve());
    }

    /** What the catalog says although newer releases, perhaps this one, are known to differ. */
    void addHint(Rule rule, String path, String text) {
        put(rule, Severity.INFO, path, text + "; newer releases differ here");
    }

    boolean isFull() {
        return found.size() >= MAX;
    }

    boolean hasErrors() {
        return found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    List<Finding> list() {
        return List.copyOf(found);
    }

    private void put(Rule rule, Severity severity, String path, String text) {
        if (!isFull()) {
            found.add(new Finding(rule.id(), severity, path, text));
        }
    }
}
