package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Test kit: talks to a replay session and keeps what came back. */
final class Conversation {
    private final ReplaySession session;
    private final List<Action> ends = new ArrayList<>();
    private final List<Bytes> output = new ArrayList<>();

    Conversation(Script script) {
        this(script, Secrets.withoutKey());
    }

    Conversation(Script script, Secrets secrets) {
        session = new ReplaySession(script, secrets);
    }

    /** @return what the server said, all of it since the last call */
    String connect() {
        return note(session.connected()).text();
    }

    String send(String text) {
        return send(Bytes.utf8(text)).text();
    }

    Bytes send(Bytes bytes) {
        return note(session.received(bytes));
    }

    String leave() {
        return note(session.clientClosed()).text();
    }

    boolean isClosed() {
        return ends.contains(new Action.Close());
    }

    boolean isFinished() {
        return ends.equals(List.of(new Action.Finished(), new Action.Close()));
    }

    boolean isPlayed() {
        return session.isPlayed();
    }

    Optional<Divergence> divergence() {
        return ends.stream()
                .filter(Action.Diverged.class::isInstance)
                .map(end -> ((Action.Diverged) end).divergence())
                .findFirst();
    }

    Bytes output() {
        return Bytes.join(output);
    }

    private Bytes note(List<Action> actions) {
        List<Bytes> said = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Send send) {
                said.add(send.bytes());
            } else {
                ends.add(action);
            }
        }
        output.addAll(said);
        return Bytes.join(said);
    }
}
