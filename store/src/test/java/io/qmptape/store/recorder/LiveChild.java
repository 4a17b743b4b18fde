package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A recorder in a process of its own, with a session that ended after it told a secret, and one that goes on: it says a
 * message for each byte on stdin, and ends with that.
 */
final class LiveChild implements AutoCloseable {
    private static final SystemClock CLOCK = new SystemClock();

    private final Process process;
    private final int number;
    private int messages;

    private LiveChild(Process process, int number) {
        this.process = process;
        this.number = number;
    }

    static LiveChild start(Path tape, int number) throws IOException {
        List<String> command = new ArrayList<>(ChildProcess.java());
        command.addAll(List.of(LiveChild.class.getName(), tape.toString(), Integer.toString(number)));
        return new LiveChild(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                number);
    }

    SessionId ended() {
        return ended(number);
    }

    SessionId open() {
        return open(number);
    }

    /** Lets it say one more message. */
    void nudge() {
        try {
            process.getOutputStream().write('.');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the recorder " + number + " does not listen", e);
        }
        messages++;
    }

    /** What it has been let say, in this order. */
    List<String> said() {
        return IntStream.rangeClosed(1, messages).mapToObj(LiveChild::text).toList();
    }

    String secret() {
        return secret(number);
    }

    /** Returns when it has recorded all it had to say. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the recorder " + number + " has not ended well");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static SessionId ended(int number) {
        return new SessionId(new UUID(number, 1));
    }

    private static SessionId open(int number) {
        return new SessionId(new UUID(number, 2));
    }

    private static String secret(int number) {
        return "correct-horse-battery-" + number + "-";
    }

    private static String text(int message) {
        return "{\"execute\": \"message-" + message + "\"}";
    }

    /** Arguments: the tape's directory, a number. */
    public static void main(String[] args) throws IOException {
        int number = Integer.parseInt(args[1]);
        Tape tape = new Tape(Path.of(args[0]), new ChronicleReels());
        try (Recorder recorder = new Recorder(
                tape, new Recorder.Means(Judging.none(), Redaction.none(), CLOCK, RecorderOptions.defaults()))) {
            recorder.start();
            opens(recorder, ended(number));
            opens(recorder, open(number));
            says(
                    recorder,
                    ended(number),
                    "{\"execute\": \"set_password\", \"arguments\": {\"password\": \"" + secret(number) + "\"}}");
            ends(recorder, ended(number));
            for (int message = 1; System.in.read() >= 0; message++) {
                says(recorder, open(number), text(message));
            }
            ends(recorder, open(number));
        }
    }

    private static void opens(Recorder recorder, SessionId session) {
        recorder.seen(new Traffic.Opened(
                session, CLOCK.pair(), Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u"));
    }

    private static void says(Recorder recorder, SessionId session, String text) {
        recorder.seen(
                new Traffic.Read(session, Direction.CLIENT_TO_SERVER, CLOCK.nanos(), Bytes.utf8(text), List.of()));
    }

    private static void ends(Recorder recorder, SessionId session) {
        recorder.seen(new Traffic.Closed(session, CLOCK.nanos(), CloseCause.CLIENT_LEFT));
    }
}
