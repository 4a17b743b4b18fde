package io.qmptape.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A monitor socket with a test behind it. {@link #accept()} gives the test the monitor's end of a connection to talk by
 * hand; {@link #answering} talks QMP by itself, to one client after the other.
 */
public final class FakeQemu implements AutoCloseable {
    public static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\": \"fake\"},"
                    + " \"capabilities\": [\"oob\"]}}\r\n";

    /** As QEMU's own: one is served and two more may wait. */
    public static final int BACKLOG = 1;

    private static final int LIMIT_MILLIS = 20_000;

    private final ServerSocketChannel listener;
    private final String endpoint;

    private FakeQemu(ServerSocketChannel listener, String endpoint) {
        this.listener = listener;
        this.endpoint = endpoint;
    }

    public static FakeQemu unix(Path path) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(Wire.address("unix:" + path), BACKLOG);
            return new FakeQemu(listener, "unix:" + path);
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    public static FakeQemu tcp() {
        try {
            ServerSocketChannel listener =
                    ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            return new FakeQemu(listener, "tcp:127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Greets and answers each line with an empty return, until the client ends; then serves the next one. */
    public FakeQemu answering() {
        Thread thread = new Thread(this::answerAll, "fake-qemu");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** As people write it. */
    public String endpoint() {
        return endpoint;
    }

    /** The next connection; waits for it, but not for ever. */
    public Wire accept() {
        try (Selector selector = Selector.open()) {
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            SocketChannel channel = selector.select(LIMIT_MILLIS) > 0 ? listener.accept() : null;
            if (channel == null) {
                throw new AssertionError("nobody connected to " + endpoint + " in time");
            }
            return new Wire(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerAll() {
        try {
            listener.configureBlocking(true);
            while (listener.isOpen()) {
                try (Wire client = new Wire(listener.accept())) {
                    answer(client);
                }
            }
        } catch (IOException e) {
            // closed: the way to end it
        }
    }

    private static void answer(Wire client) {
        try {
            client.send(GREETING);
            while (true) {
                client.line();
                client.send("{\"return\": {}}\r\n");
            }
        } catch (AssertionError | UncheckedIOException e) {
            // the client's end
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            if (endpoint.startsWith("unix:")) {
                Files.deleteIfExists(Path.of(endpoint.substring("unix:".length())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
