package io.qmptape.samples;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends the messages it is given one at a time, and the next only after a reply. Owns its connection. */
final class PatientClient implements AutoCloseable {
    private final SocketChannel channel;
    private final FrameSplitter splitter = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private final List<Bytes> reads = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocate(1 << 16);
    private int replies;

    PatientClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /**
     * Says all, and no more.
     *
     * @return every byte that came
     */
    Bytes talk(List<Frame> frames) throws IOException {
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            // the line end completes a bare word, which ends with the byte after it; QEMU skips bytes only up to one
            boolean isSkippedNext = i + 1 < frames.size() && frames.get(i + 1).kind() == FrameKind.SKIPPED;
            boolean endsLine = frame.kind() != FrameKind.UNFINISHED && !isSkippedNext;
            send(Bytes.join(List.of(frame.body(), Bytes.utf8(endsLine ? "\n" : ""))));
            if (frame.kind().isAnswered()) {
                awaitReply(frame);
            }
        }
        channel.shutdownOutput();
        while (receive()) {}
        return Bytes.join(reads);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void awaitReply(Frame frame) throws IOException {
        int before = replies;
        while (replies == before) {
            if (!receive()) {
                throw new IOException("no reply to frame " + frame.sequence());
            }
        }
    }

    private void send(Bytes message) throws IOException {
        ByteBuffer buffer = message.asReadOnlyBuffer();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private boolean receive() throws IOException {
        if (channel.read(input.clear()) < 0) {
            return false;
        }
        byte[] read = new byte[input.flip().remaining()];
        input.get(read);
        Bytes bytes = Bytes.lend(read);
        reads.add(bytes);
        splitter.accept(bytes, 0, List.of(), this::count);
        return true;
    }

    private void count(Delimited frame) {
        Message message = Message.of(Direction.SERVER_TO_CLIENT, frame.json());
        replies += message instanceof Message.Success || message instanceof Message.Failure ? 1 : 0;
    }
}
