package io.qmptape.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.replay.DivergenceReport;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.replay.server.PlayResult;
import io.qmptape.replay.server.ReplayServer;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.UnixEndpoint;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A monitor socket behind which a recorded session plays QEMU, once. Owns its server and event loops. */
final class RecordedQemu implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final EventLoops loops = EventLoops.best();
    private final Path socket;
    private final ReplayServer server;

    /** @param directory an empty one, where the socket is made */
    RecordedQemu(Path transcript, Path directory) {
        Script script = Script.of(TranscriptReader.read(transcript));
        this.socket = directory.resolve("qmp.sock");
        this.server = new ReplayServer(loops, new UnixEndpoint(socket), script, Secrets.withoutKey());
    }

    RecordedQemu start() {
        server.start();
        return this;
    }

    Path socket() {
        return socket;
    }

    /** The client has left, and sent and was sent all that was recorded; else fails with what differed and where. */
    void assertPlayed() throws Exception {
        PlayResult result = server.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result instanceof PlayResult.Parted parted) {
            throw new AssertionError(new DivergenceReport(parted.divergence()).text());
        }
        assertThat(result).isInstanceOf(PlayResult.Played.class);
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }
}
