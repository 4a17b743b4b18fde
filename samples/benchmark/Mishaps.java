import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients that ask in turn through a relay, while its recorder comes to grief; started by mishaps.sh. Without
 * dependencies, so that plain {@code java} runs it.
 */
final class Mishaps {
    private static final byte[] ASKED = "{\"execute\": \"query-status\"}\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PACE_NANOS = 10_000_000;

    private Mishaps() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("serve")) {
            serve(Path.of(arguments[1]));
        } else if (arguments.length == 3 && arguments[0].equals("ask")) {
            ask(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        } else {
            System.err.println("use: Mishaps.java serve PATH | ask PATH CLIENTS (phases on stdin, a line each)");
            System.exit(2);
        }
    }

    /** All round trips of one phase. */
    private static final class Phase {
        private final String name;
        private long[] nanos = new long[1024];
        private int count;

        Phase(String name) {
            this.name = name;
        }

        synchronized void add(long one) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = one;
        }

        synchronized String text() {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return String.format(Locale.ROOT, "%-28s %8d %9.2f %9.2f %9.2f",
                    name, count, millis(sorted, 50), millis(sorted, 99), millis(sorted, 100));
        }

        private static double millis(long[] sorted, int percentile) {
            return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * (long) percentile / 100)] / 1e6;
        }
    }

    private static volatile Phase phase = new Phase("start");
    private static volatile boolean isOver;

    private static void ask(Path path, int clients) throws Exception {
        AtomicLong trips = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> askOne(path, trips, failed));
            thread.start();
            threads.add(thread);
        }
        System.out.printf("%-28s %8s %9s %9s %9s%n", "phase", "trips", "p50 ms", "p99 ms", "most ms");
        BufferedReader phases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = phases.readLine(); name != null; name = phases.readLine()) {
            Phase before = phase;
            phase = new Phase(name);
            System.out.println(before.text());
        }
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(phase.text());
        System.out.println("asked and answered: " + trips + " times; connections that ended: " + failed);
    }

    private static void askOne(Path path, AtomicLong trips, AtomicLong failed) {
        ByteBuffer input = ByteBuffer.allocateDirect(4096);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            receive(channel, input);
            while (!isOver) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.wrap(ASKED));
                receive(channel, input);
                phase.add(System.nanoTime() - start);
                trips.incrementAndGet();
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    /** One line. */
    private static void receive(SocketChannel channel, ByteBuffer input) throws IOException {
        byte last = 0;
        while (last != '\n') {
            if (channel.read(input.clear()) < 0) {
                throw new IOException("the connection ended");
            }
            last = input.get(input.position() - 1);
        }
    }

    private static void serve(Path path) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path), 512);
        while (true) {
            SocketChannel client = listener.accept();
            new Thread(() -> answer(client)).start();
        }
    }

    private static void answer(SocketChannel client) {
        ByteBuffer input = ByteBuffer.allocateDirect(4096);
        try (client) {
            send(client, "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 0, \"major\": 0}, \"package\": \"\"},"
                    + " \"capabilities\": []}}\r\n");
            while (client.read(input.clear()) >= 0) {
                send(client, "{\"return\": {\"status\": \"running\", \"singlestep\": false, \"running\": true}}\r\n");
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static void send(SocketChannel client, String line) throws IOException {
        client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }
}
