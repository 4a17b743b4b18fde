package io.qmptape.analyzer.web;

import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A session as the page lists it.
 *
 * @param openedAt ISO-8601, UTC
 * @param closed why it ended; absent while it is open
 * @param activity messages in equal parts of its duration
 */
record SessionView(
        String id,
        String name,
        String qemu,
        String client,
        String openedAt,
        long durationNanos,
        long messages,
        long errors,
        long findings,
        long masked,
        long gaps,
        @Nullable String closed,
        List<Integer> activity,
        Ends ends) {

    /** What stood at both ends. */
    record Ends(
            String listen,
            String upstream,
            MachineView machine,
            PeerView client,
            PeerView server,
            String origin,
            String masking) {}

    record MachineView(
            String name,
            String knownBy,
            String uuid,
            @Nullable Long pid) {}

    record PeerView(
            String address,
            String command,
            @Nullable Long pid,
            @Nullable Long uid) {}

    static SessionView of(SessionSummary session, List<Integer> activity) {
        Opened opened = session.opened();
        return new SessionView(
                session.id().toString(),
                opened.machine().name(),
                session.qemuVersion(),
                client(opened.client()),
                opened.clock().wall().toString(),
                session.duration().toNanos(),
                session.frames(),
                session.errors(),
                session.findings(),
                session.masked(),
                session.gaps(),
                session.cause().map(CloseCause::words).orElse(null),
                activity,
                ends(opened));
    }

    private static Ends ends(Opened opened) {
        Machine machine = opened.machine();
        return new Ends(
                opened.listen(),
                opened.upstream(),
                new MachineView(
                        machine.name(),
                        machine.knownBy().name().toLowerCase(java.util.Locale.ROOT),
                        machine.uuid(),
                        known(machine.pid())),
                peer(opened.client()),
                peer(opened.server()),
                opened.origin(),
                opened.masking());
    }

    private static PeerView peer(Peer peer) {
        return new PeerView(peer.address(), peer.command(), known(peer.pid()), known(peer.uid()));
    }

    private static String client(Peer peer) {
        return peer.command().isEmpty() ? peer.address() : peer.command();
    }

    private static @Nullable Long known(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
