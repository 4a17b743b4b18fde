package io.qmptape.catalog;

import io.qmptape.protocol.Message;
import java.util.List;
import java.util.Optional;

/** The server of a session, as far as its greeting tells. A guest agent never greets. */
final class Peer {
    private final QemuVersion newestInEra;
    private boolean isGreeted;
    private boolean isAnswering;
    private Optional<QemuVersion> version = Optional.empty();
    private List<String> capabilities = List.of();

    Peer(Catalog catalog) {
        this.newestInEra = catalog.version();
    }

    void greet(Message.Greeting greeting) {
        isGreeted = true;
        version = greeting.version().flatMap(QemuVersion::parse);
        capabilities = greeting.capabilities();
    }

    void reply() {
        isAnswering = true;
    }

    /** Whether it answers and never greeted, as guest agents do. */
    boolean isAgent() {
        return isAnswering && !isGreeted;
    }

    boolean isGreeted() {
        return isGreeted;
    }

    /** Whether it is a QEMU that the catalog speaks for. */
    boolean isOfEra() {
        return version.filter(newestInEra::isAtLeast).isPresent();
    }

    boolean isAtLeast(QemuVersion other) {
        return version.filter(known -> known.isAtLeast(other)).isPresent();
    }

    boolean is(QemuVersion other) {
        return version.filter(other::equals).isPresent();
    }

    boolean offers(String capability) {
        return capabilities.contains(capability);
    }

    /** What a text adds where the catalog may not speak for this server. */
    String reserve() {
        return isOfEra() ? "" : "; the catalog is that of QEMU " + newestInEra;
    }
}
