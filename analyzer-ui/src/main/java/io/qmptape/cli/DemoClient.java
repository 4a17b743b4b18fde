package io.qmptape.cli;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.TcpEndpoint;
import io.qmptape.transport.UnixEndpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client of a few lines: negotiates, starts the machine, asks, makes mistakes, pauses and resumes, quits; waits for each reply. */
final class DemoClient implements AutoCloseable {
    private static final List<String> COMMANDS = List.of(
            "{\"execute\": \"qmp_capabilities\"}",
            "{\"execute\": \"query-version\", \"id\": 1}",
            "{\"execute\": \"query-status\", \"id\": 2}",
            "{\"execute\": \"cont\", \"id\": 3}",
            "{\"execute\": \"query-named-block-nodes\", \"id\": 4}",
            "{\"execute\": \"query-statsu\", \"id\": \"a typing mistake\"}",
            "{\"execute\": \"block_resize\", \"arguments\": {\"node-name\": \"disk0\", \"size\": \"2M\"}, \"id\": 6}",
            "{\"execute\": \"set_password\", \"arguments\": {\"protocol\": \"vnc\", \"password\": \"open sesame\"}, \"id\": 7}",
            "{\"execute\": \"stop\", \"id\": 8}",
            "{\"execute\": \"query-status\", \"id\": 9}",
            "{\"execute\": \"cont\", \"id\": 10}",
            "{\"execute\": \"quit\", \"id\": 11}");

    private final SocketChannel channel;
    private final PrintStream out;
    private final FrameSplitter splitter = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private final Queue<Message> arrived = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "qmptape-demo-limit"));

    private DemoClient(SocketChannel channel, PrintStream out) {
        this.channel = channel;
        this.out = out;
    }

    /** @param limit after which the connection is cut, so that nothing waits for ever */
    static DemoClient connect(Endpoint endpoint, Duration limit, PrintStream out) throws IOException {
        DemoClient client = new DemoClient(SocketChannel.open(address(endpoint)), out);
        client.watchdog.schedule(client::cut, limit.toMillis(), TimeUnit.MILLISECONDS);
        return client;
    }

    /** What it says, in this order. */
    static List<String> commands() {
        return COMMANDS;
    }

    /** Says everything it has to say; returns how many commands that were. */
    int run() throws IOException {
        print(next());
        for (String command : COMMANDS) {
            ask(command);
        }
        return COMMANDS.size();
    }

    @Override
    public void close() throws IOException {
        watchdog.shutdownNow();
        channel.close();
    }

    private void ask(String command) throws IOException {
        out.println("     -> " + command);
        long sent = System.nanoTime();
        ByteBuffer bytes = Bytes.utf8(command + "\n").asReadOnlyBuffer();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        Message message = next();
        while (message instanceof Message.Event) {
            print(message);
            message = next();
        }
        print(message, " in " + Times.span(Duration.ofNanos(System.nanoTime() - sent)));
    }

    private Message next() throws IOException {
        while (arrived.isEmpty()) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new EOFException("the connection ended before the reply came");
            }
            byte[] read = new byte[buffer.flip().remaining()];
            buffer.get(read);
            splitter.accept(Bytes.lend(read), System.nanoTime(), List.of(), this::arrive);
        }
        return arrived.remove();
    }

    private void arrive(Delimited delimited) {
        arrived.add(Message.of(Direction.SERVER_TO_CLIENT, delimited.json()));
    }

    private void print(Message message) {
        print(message, "");
    }

    private void print(Message message, String suffix) {
        String text = switch (message.kind()) {
            case GREETING ->
                "greeting of QEMU " + ((Message.Greeting) message).version().orElse("of an unknown version");
            case EVENT -> "event " + ((Message.Event) message).name();
            case FAILURE -> "error: " + ((Message.Failure) message).description();
            case SUCCESS -> "ok";
            default -> message.kind().word();
        };
        out.println("     <- " + Printable.of(text, 160) + suffix);
    }

    private void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            out.println("     the connection could not be cut: " + e.getMessage());
        }
    }

    private static SocketAddress address(Endpoint endpoint) {
        if (endpoint instanceof UnixEndpoint unix) {
            return UnixDomainSocketAddress.of(unix.path());
        } else if (endpoint instanceof TcpEndpoint tcp) {
            return new InetSocketAddress(tcp.host(), tcp.port());
        }
        throw new IllegalArgumentException(
                "the demo's client cannot reach " + endpoint + ": give a path or tcp:host:port");
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
