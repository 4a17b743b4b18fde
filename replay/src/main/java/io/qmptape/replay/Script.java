package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordedSession;
import io.qmptape.traffic.SessionId;
import java.util.List;

/**
 * The steps that a replay follows, in the order of the recording within each direction. Immutable; may be played by many
 * sessions at a time.
 *
 * <p>Each message of the server knows how many of the client's messages must have come before it goes out: a reply waits
 * for its own command. Whatever else the server sent waits for the commands recorded before it, but for none later than
 * the command of the next reply, since a client that does not pipeline sends that one only when this reply is there. The
 * greeting waits for nothing. What the recording sent earlier always goes out earlier.
 */
public final class Script {
    private final SessionId session;
    private final List<ClientStep> client;
    private final List<ServerStep> server;
    private final Ending ending;

    Script(SessionId session, List<ClientStep> client, List<ServerStep> server, Ending ending) {
        this.session = session;
        this.client = List.copyOf(client);
        this.server = List.copyOf(server);
        this.ending = ending;
    }

    /**
     * How the recording ends.
     *
     * @param isByServer the client saw the connection end without having left; else it is for the client to leave
     * @param unfinished what the client left behind half-sent, which no server answers
     */
    record Ending(boolean isByServer, Bytes unfinished) {}

    /**
     * A session that is still open, or whose end is not known, is taken to end by its client.
     *
     * @throws IllegalArgumentException if bytes are missing in the recording: what they were cannot be played
     */
    public static Script of(RecordedSession recorded) {
        return ScriptDraft.of(recorded);
    }

    /** The session that was recorded. */
    public SessionId session() {
        return session;
    }

    /** How many messages, or runs of noise, the client is expected to send. */
    public int clientSteps() {
        return client.size();
    }

    /** How many messages, or runs of noise, the server sends. */
    public int serverSteps() {
        return server.size();
    }

    List<ClientStep> client() {
        return client;
    }

    List<ServerStep> server() {
        return server;
    }

    Ending ending() {
        return ending;
    }
}
