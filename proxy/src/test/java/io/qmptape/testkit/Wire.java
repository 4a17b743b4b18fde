package io.qmptape.testkit;

import io.qmptape.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One end of a connection, client's or server's, for a test that talks by hand. All waiting has a limit. One thread may send while another one receives. */
public final class Wire implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int STALL_MILLIS = 400;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final ByteBuffer input = ByteBuffer.allocate(64 << 10).flip();

    Wire(SocketChannel channel) {
        try {
            this.channel = channel;
            this.readable = Selector.open();
            this.writable = Selector.open();
            channel.configureBlocking(false);
            channel.register(readable, SelectionKey.OP_READ);
            channel.register(writable, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param endpoint {@code unix:/path} or {@code tcp:127.0.0.1:port} */
    public static Wire to(String endpoint) {
        try {
            return new Wire(SocketChannel.open(address(endpoint)));
        } catch (IOException e) {
            throw new UncheckedIOException(endpoint, e);
        }
    }

    static SocketAddress address(String endpoint) {
        if (endpoint.startsWith("tcp:")) {
            int colon = endpoint.lastIndexOf(':');
            return new InetSocketAddress(
                    endpoint.substring("tcp:".length(), colon), Integer.parseInt(endpoint.substring(colon + 1)));
        }
        return UnixDomainSocketAddress.of(Path.of(endpoint.substring("unix:".length())));
    }

    public Wire send(String text) {
        return send(Bytes.utf8(text));
    }

    public Wire send(Bytes bytes) {
        int sent = sendFor(bytes, LIMIT_MILLIS);
        if (sent < bytes.length()) {
            throw new AssertionError("only " + sent + " of " + bytes + " could be sent in time");
        }
        return this;
    }

    /** Sends until the other side takes nothing for a while. */
    public int sendUntilStalled(Bytes bytes) {
        return sendFor(bytes, STALL_MILLIS);
    }

    private int sendFor(Bytes bytes, int patienceMillis) {
        ByteBuffer output = bytes.asReadOnlyBuffer();
        try {
            while (output.hasRemaining()) {
                if (channel.write(output) == 0 && !isReady(writable, patienceMillis)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.position();
    }

    /** Exactly so many bytes. */
    public Bytes receive(int count) {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; ) {
            if (!fill()) {
                throw new AssertionError("the stream ended after " + at + " of " + count + " bytes");
            }
            int part = Math.min(count - at, input.remaining());
            input.get(bytes, at, part);
            at += part;
        }
        return Bytes.lend(bytes);
    }

    /** Up to and with the next line feed. */
    public String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        while (last != '\n') {
            if (!fill()) {
                throw new AssertionError("the stream ended in a line of " + line.size() + " bytes");
            }
            last = input.get();
            line.write(last);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** All until the stream ends; a reset is an end. */
    public Bytes receiveToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (fill()) {
            all.write(input.array(), input.position(), input.remaining());
            input.position(input.limit());
        }
        return Bytes.lend(all.toByteArray());
    }

    /** Sends no more. */
    public Wire finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** False at the end of the stream. */
    private boolean fill() {
        if (input.hasRemaining()) {
            return true;
        }
        input.clear();
        int count = read();
        input.flip();
        return count > 0;
    }

    private int read() {
        try {
            int count = channel.read(input);
            while (count == 0) {
                if (!isReady(readable, LIMIT_MILLIS)) {
                    throw new AssertionError("nothing came for " + LIMIT_MILLIS / 1000 + " s");
                }
                count = channel.read(input);
            }
            return count;
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean isReady(Selector selector, int patienceMillis) throws IOException {
        selector.selectedKeys().clear();
        return selector.select(patienceMillis) > 0;
    }

    /** At once: of a channel with a selector Java would shut the output first, and the other side might see that alone. */
    @Override
    public void close() {
        try (channel) {
            readable.close();
            writable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
