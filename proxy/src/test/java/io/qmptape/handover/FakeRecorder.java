package io.qmptape.handover;

import io.qmptape.protocol.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** A recorder's process that does what a test says. */
final class FakeRecorder extends Process {
    private static final int PIPE_BYTES = 1 << 20;

    private final PipedOutputStream stdin = new PipedOutputStream();
    private final PipedInputStream stdout = new PipedInputStream(PIPE_BYTES);
    private final DataInputStream in;
    private final DataOutputStream out;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    FakeRecorder(boolean isReady) throws IOException {
        this.in = new DataInputStream(new PipedInputStream(stdin, PIPE_BYTES));
        this.out = new DataOutputStream(new PipedOutputStream(stdout));
        if (isReady) {
            out.writeInt(0);
            out.flush();
        }
    }

    Handover hear() throws IOException {
        return HandoverCodec.decode(Bytes.lend(in.readNBytes(in.readInt())));
    }

    void awaitEndOfInput() throws IOException {
        while (in.read() >= 0) {
            continue;
        }
    }

    void tell(Answer answer) throws IOException {
        Bytes bytes = HandoverCodec.encode(answer);
        out.writeInt(bytes.length());
        bytes.writeTo(out);
        out.flush();
    }

    void end(int code) {
        exit.complete(code);
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return stdin;
    }

    @Override
    public InputStream getInputStream() {
        return stdout;
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return exit.join();
    }

    @Override
    public int exitValue() {
        return exit.getNow(0);
    }

    @Override
    public void destroy() {
        end(143);
    }
}
