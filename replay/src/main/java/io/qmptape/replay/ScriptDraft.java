package io.qmptape.replay;

import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Message;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.traffic.CloseCause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a script: first what each side sent, in recorded order; then, from the end, what each message waits for. */
final class ScriptDraft {
    private final Pairing pairing = new Pairing();
    private final Map<Long, Integer> stepOfCommand = new HashMap<>();
    private final List<ClientStep> client = new ArrayList<>();
    private final List<Spoken> spoken = new ArrayList<>();
    private Bytes unfinished = Bytes.EMPTY;

    /**
     * A message of the server.
     *
     * @param clientStepsBefore how many steps of the client were recorded before it
     */
    private record Spoken(Frame frame, Message message, int clientStepsBefore, Optional<Integer> answers) {}

    static Script of(RecordedSession recorded) {
        ScriptDraft draft = new ScriptDraft();
        draft.refuseGaps(recorded);
        recorded.frames().forEach(draft::add);
        Bytes rest = recorded.closed().map(closed -> closed.serverRest()).orElse(Bytes.EMPTY);
        CloseCause cause = recorded.closed().map(closed -> closed.cause()).orElse(CloseCause.UNKNOWN);
        return new Script(
                recorded.opened().session(),
                draft.client,
                draft.serverSteps(rest),
                new Script.Ending(isByServer(cause), draft.unfinished));
    }

    private void refuseGaps(RecordedSession recorded) {
        for (var entry : recorded.records()) {
            if (entry instanceof Gap gap) {
                throw new IllegalArgumentException(
                        "session " + recorded.opened().session() + " lacks " + gap.bytes()
                                + " bytes " + gap.direction().word() + " (" + gap.reason()
                                + "), so it cannot be replayed; record it again");
            }
        }
    }

    private void add(FrameRecorded recorded) {
        Message message = recorded.read();
        Optional<Pairing.Asked> asked = pairing.accept(recorded.frame(), message);
        if (recorded.frame().direction() == Direction.SERVER_TO_CLIENT) {
            Optional<Integer> answers = asked.map(command -> stepOfCommand.get(command.sequence()));
            spoken.add(new Spoken(recorded.frame(), message, client.size(), answers));
        } else if (recorded.frame().kind() == FrameKind.UNFINISHED) {
            unfinished = ClientStep.recorded(recorded).body();
        } else {
            stepOfCommand.put(recorded.sequence(), client.size());
            client.add(ClientStep.recorded(recorded));
        }
    }

    /** @param rest white space that the server sent after its last message */
    private List<ServerStep> serverSteps(Bytes rest) {
        Deque<ServerStep> steps = new ArrayDeque<>();
        Bytes lineEnd = rest;
        int nextCommand = client.size();
        for (int i = spoken.size() - 1; i >= 0; i--) {
            Spoken said = spoken.get(i);
            nextCommand = said.answers().map(step -> step + 1).orElse(nextCommand);
            int after = said.message() instanceof Message.Greeting
                    ? 0
                    : said.answers().isPresent() ? nextCommand : Math.min(said.clientStepsBefore(), nextCommand);
            steps.addFirst(step(said, i == 0, lineEnd, after));
            lineEnd = said.frame().bytes().slice(0, said.frame().head());
        }
        if (spoken.isEmpty() && !rest.isEmpty()) {
            steps.add(new ServerStep(rest, 0, Optional.empty()));
        }
        return List.copyOf(steps);
    }

    private static ServerStep step(Spoken said, boolean isFirst, Bytes lineEnd, int after) {
        Frame frame = said.frame();
        Bytes wire = Bytes.join(List.of(isFirst ? frame.bytes() : frame.body(), lineEnd));
        return new ServerStep(
                wire,
                after,
                said.answers()
                        .map(step -> new ServerStep.Answer(step, ReplyId.of(wire, Message.of(frame.withBytes(wire))))));
    }

    /** What the client saw of it: a server, or a proxy, that closes. */
    private static boolean isByServer(CloseCause cause) {
        return switch (cause) {
            case SERVER_LEFT, PROXY_STOPPED, RELAY_DIED, UPSTREAM_UNREACHABLE -> true;
            case CLIENT_LEFT, CONNECTION_FAILED, RECORDER_DIED, RECORDING_STOPPED, UNKNOWN -> false;
        };
    }
}
