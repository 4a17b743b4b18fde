package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the server's part of a script to one client.
 *
 * <pre>
 *   NEW     --connected: the greeting goes out-->                      PLAYING
 *   PLAYING --the message that is due: what waited for it goes out-->  PLAYING
 *   PLAYING --the last one, and the recorded client left-->            PLAYED
 *   PLAYING --the last one, and the recorded server left-->            OVER     (Finished, Close)
 *   PLAYED  --the client leaves-->                                     OVER     (Finished, Close)
 *   PLAYING --the client leaves-->                                     OVER     (Diverged, Close)
 *   PLAYING, PLAYED --any other message-->                             OVER     (Diverged, Close)
 * </pre>
 *
 * What goes out depends on the client's bytes alone, not on how they were cut into chunks: each message is answered
 * before the next is looked at. Pure: no sockets, no clock, no threads; an instance belongs to one thread. Nothing that a
 * client sends raises an exception.
 */
public final class ReplaySession {
    private enum State {
        NEW,
        PLAYING,
        PLAYED,
        OVER
    }

    private final Script script;
    private final Secrets secrets;
    private final FrameSplitter splitter = new FrameSplitter(Direction.CLIENT_TO_SERVER);
    private final Map<Integer, Json> openIds = new HashMap<>();
    private List<Action> actions = new ArrayList<>();
    private Optional<ClientStep> unfinished = Optional.empty();
    private State state = State.NEW;
    private int received;
    private int sent;

    public ReplaySession(Script script, Secrets secrets) {
        this.script = script;
        this.secrets = secrets;
    }

    /** The client is there. To be called once, before everything else. */
    public List<Action> connected() {
        if (state != State.NEW) {
            throw new IllegalStateException("a replay session serves one client; make another for the next");
        }
        state = State.PLAYING;
        goOn();
        return taken();
    }

    /** Takes what one read brought; ignored once the session is over. */
    public List<Action> received(Bytes chunk) {
        splitter.accept(chunk, 0, List.of(), this::frame);
        return taken();
    }

    /** The client sends no more: it closed, or ended its sending. All that it asked for has been sent by then. */
    public List<Action> clientClosed() {
        splitter.finish(this::frame);
        if (state == State.PLAYING) {
            diverge(Divergence.Kind.LEFT_EARLY, unfinished.map(this::shown), List.of());
        } else if (state == State.PLAYED && isUnfinishedOtherThanRecorded()) {
            diverge(Divergence.Kind.MORE_THAN_RECORDED, unfinished.map(this::shown), List.of());
        } else if (state == State.PLAYED) {
            finish();
        }
        return taken();
    }

    /** Whether all was sent and received that the script has; the client may still be there. */
    public boolean isPlayed() {
        return state != State.NEW && received == script.clientSteps() && sent == script.serverSteps();
    }

    private void frame(Delimited delimited) {
        ClientStep live = ClientStep.live(delimited);
        if (live.kind() == FrameKind.UNFINISHED) {
            unfinished = Optional.of(live);
        } else if (state == State.PLAYED) {
            diverge(Divergence.Kind.MORE_THAN_RECORDED, Optional.of(shown(live)), List.of());
        } else if (state == State.PLAYING) {
            play(live);
        }
    }

    private void play(ClientStep live) {
        Matching matching = new Matching(script.client().get(received), live, secrets);
        if (!matching.isSame()) {
            diverge(Divergence.Kind.DIFFERENT, Optional.of(matching.received()), matching.differences());
            return;
        }
        int step = received;
        live.id().ifPresent(id -> openIds.put(step, id));
        received++;
        goOn();
    }

    /** Sends what waits for nothing that is yet to come. */
    private void goOn() {
        List<ServerStep> server = script.server();
        while (sent < server.size() && server.get(sent).after() <= received) {
            ServerStep step = server.get(sent++);
            Optional<Json> id = step.answers().map(answer -> openIds.remove(answer.step()));
            actions.add(new Action.Send(step.bytes(id)));
        }
        if (isPlayed()) {
            state = State.PLAYED;
            if (script.ending().isByServer()) {
                finish();
            }
        }
    }

    private boolean isUnfinishedOtherThanRecorded() {
        return unfinished
                .map(live -> !live.body().equals(script.ending().unfinished()))
                .orElse(false);
    }

    private void finish() {
        end(new Action.Finished());
    }

    private void diverge(Divergence.Kind kind, Optional<String> got, List<MemberDifference> differences) {
        Optional<ClientStep> due =
                received < script.clientSteps() ? Optional.of(script.client().get(received)) : Optional.empty();
        end(new Action.Diverged(new Divergence(
                kind,
                script.session(),
                received + 1,
                script.clientSteps(),
                due.map(ClientStep::sequence).orElse(0L),
                due.map(step -> Excerpt.of(step.bytes(), List.of())),
                got,
                differences)));
    }

    private void end(Action last) {
        state = State.OVER;
        actions.add(last);
        actions.add(new Action.Close());
    }

    private String shown(ClientStep live) {
        return Excerpt.of(live.bytes(), secrets.in(live.bytes(), live.json()));
    }

    private List<Action> taken() {
        List<Action> all = List.copyOf(actions);
        actions = new ArrayList<>();
        return all;
    }
}
