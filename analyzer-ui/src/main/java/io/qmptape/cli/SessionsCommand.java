package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.traffic.CloseCause;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "List the sessions of a tape, the latest last.")
final class SessionsCommand implements Callable<Integer> {
    private static final String ROW = "%-8s  %-29s  %-16s  %-8s  %9s  %8s  %6s  %8s  %s%n";

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        chosen.identity();
        List<SessionSummary> sessions = chosen.sessions();
        if (json.isOn()) {
            sessions.forEach(session -> JsonOption.print(object(session)));
        } else if (sessions.isEmpty()) {
            System.err.println("No sessions yet on " + chosen.directory() + ". Record one: qmptape record --help");
        } else {
            table(sessions);
        }
        return Qmptape.FINE;
    }

    private static void table(List<SessionSummary> sessions) {
        System.out.printf(
                Locale.ROOT,
                ROW,
                "ID",
                "STARTED",
                "MACHINE",
                "QEMU",
                "DURATION",
                "MESSAGES",
                "ERRORS",
                "FINDINGS",
                "END");
        for (SessionSummary session : sessions) {
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    session.id().brief(),
                    Times.stamp(session.opened().clock().wall()),
                    Printable.of(session.opened().machine().name(), 16),
                    Printable.of(session.qemuVersion().isEmpty() ? "-" : session.qemuVersion(), 8),
                    Times.span(session.duration()),
                    session.frames(),
                    session.errors(),
                    session.findings(),
                    end(session));
        }
    }

    private static String end(SessionSummary session) {
        String words = session.cause().map(CloseCause::words).orElse("open");
        return session.gaps() == 0 ? words : words + ", " + session.gaps() + " gaps";
    }

    static ObjectNode object(SessionSummary session) {
        ObjectNode object = JsonOption.object().put("session", session.id().toString());
        object.put("machine", session.opened().machine().name());
        object.put("qemu", session.qemuVersion());
        object.put("started", session.opened().clock().wall().toString());
        object.put("durationNanos", session.duration().toNanos());
        object.put("messages", session.frames()).put("errors", session.errors());
        object.put("findings", session.findings())
                .put("masked", session.masked())
                .put("unmasked", session.opened().isUnmasked())
                .put("gaps", session.gaps());
        object.put("listen", session.opened().listen())
                .put("upstream", session.opened().upstream());
        object.put("origin", session.opened().origin());
        return object.put("end", session.cause().map(CloseCause::words).orElse("open"));
    }
}
