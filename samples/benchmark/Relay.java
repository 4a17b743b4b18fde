import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures relays against each other; started by relay.sh. Without dependencies, so that plain {@code java} runs it.
 *
 * <p>One process holds one open connection a way and makes blocks of round trips through each in turn, the order rotating,
 * so that whatever else the machine does hits all alike.
 */
final class Relay {
    private static final String SMALL = "{\"execute\": \"query-status\"}\n";
    private static final String LARGE = "{\"execute\": \"query-qmp-schema\"}\n";
    /** No QEMU answers it so; the stand-in does, with 1 MB. */
    private static final String HUGE = "{\"execute\": \"query-huge\"}\n";
    /** Where the commands part. */
    private static final int ASKS_AT = "{\"execute\": \"query-".length();

    private static final int LARGE_REPLY = 207_013;
    private static final int HUGE_REPLY = 1 << 20;
    private static final int THROWN_AWAY = 5;

    private Relay() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1 && arguments[0].equals("serve")) {
            for (String endpoint : Arrays.asList(arguments).subList(1, arguments.length)) {
                serve(address(endpoint));
            }
            Thread.currentThread().join();
        } else if (arguments.length > 3 && arguments[0].equals("measure")) {
            measure(arguments[1], Integer.parseInt(arguments[2]), Arrays.asList(arguments).subList(3, arguments.length));
        } else {
            System.err.println("use: Relay.java serve ENDPOINT... | measure qemu|stand-in BLOCKS WAY=ENDPOINT[@PID]...");
            System.exit(2);
        }
    }

    /** @param endpoint unix:PATH or tcp:HOST:PORT */
    private static SocketAddress address(String endpoint) {
        String place = endpoint.substring(endpoint.indexOf(':') + 1);
        int colon = place.lastIndexOf(':');
        return endpoint.startsWith("unix:")
                ? UnixDomainSocketAddress.of(place)
                : new InetSocketAddress(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
    }

    /** What to ask, how often in one block, and how many blocks. */
    private record Load(String name, String command, int trips, int blocks, int warmUp) {}

    private static void measure(String server, int blocks, List<String> ways) throws IOException {
        boolean isQemu = server.equals("qemu");
        List<Way> open = new ArrayList<>();
        for (String way : ways) {
            open.add(Way.open(way));
        }
        // QEMU itself takes 0.3 ms for the one and 40 ms for the other
        Load small = new Load("small", SMALL, 250, blocks, isQemu ? 2_000 : 750 * blocks);
        Load large = isQemu
                ? new Load("200 KB", LARGE, 5, Math.max(2, blocks / 4), 10)
                : new Load("200 KB", LARGE, 50, blocks, 25 * blocks);
        Load huge = new Load("1 MB", HUGE, 10, blocks, 5 * blocks);
        for (Load load : isQemu ? List.of(small, large) : List.of(small, large, huge)) {
            run(load, open);
            print(server, load, open);
        }
        for (Way way : open) {
            way.channel.close();
        }
    }

    private static void run(Load load, List<Way> ways) throws IOException {
        for (Way way : ways) {
            way.begin(load);
            for (int i = 0; i < load.warmUp(); i++) {
                way.roundTrip(load.command());
            }
            way.cpu.begin();
        }
        for (int block = 0; block < load.blocks(); block++) {
            for (int i = 0; i < ways.size(); i++) {
                ways.get((block + i) % ways.size()).block(load);
            }
        }
        for (Way way : ways) {
            way.cpu.end();
        }
    }

    private static void print(String server, Load load, List<Way> ways) {
        Way direct = ways.get(0);
        Way socat = ways.stream().filter(way -> way.name.equals("socat")).findFirst().orElse(null);
        System.out.printf("%-9s %-7s %-9s %9s %9s %18s %18s %16s%n",
                "server", "command", "way", "p50 us", "p99 us", "p50 p99 to direct", "p50 p99 to socat", "CPU us/trip");
        int trips = load.blocks() * (load.trips() + THROWN_AWAY);
        for (Way way : ways) {
            System.out.printf(Locale.ROOT, "%-9s %-7s %-9s %9.1f %9.1f %18s %18s %16s%n",
                    server, load.name(), way.name, way.micros(50), way.micros(99),
                    ratio(way, direct), socat == null ? "-" : ratio(way, socat),
                    way.cpu.each(trips));
        }
    }

    private static String ratio(Way way, Way other) {
        return String.format(Locale.ROOT, "%.2f  %.2f", way.micros(50) / other.micros(50), way.micros(99) / other.micros(99));
    }

    /** One open connection, negotiated, and what it took. */
    private static final class Way {
        private final String name;
        private final SocketChannel channel;
        private final Cpu cpu;
        private final ByteBuffer input = ByteBuffer.allocateDirect(256 << 10);
        private final ByteBuffer output = ByteBuffer.allocateDirect(256);
        private long[] nanos = new long[0];
        private int samples;

        private Way(String name, SocketChannel channel, Cpu cpu) {
            this.name = name;
            this.channel = channel;
            this.cpu = cpu;
        }

        static Way open(String text) throws IOException {
            int sign = text.indexOf('=');
            int at = text.indexOf('@', sign);
            SocketAddress address = address(at < 0 ? text.substring(sign + 1) : text.substring(sign + 1, at));
            Cpu cpu = new Cpu(at < 0 ? "" : text.substring(at + 1));
            Way way = new Way(text.substring(0, sign), SocketChannel.open(address), cpu);
            if (address instanceof InetSocketAddress) {
                way.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            way.receive();
            way.roundTrip("{\"execute\": \"qmp_capabilities\"}\n");
            return way;
        }

        void begin(Load load) {
            nanos = new long[load.trips() * load.blocks()];
            samples = 0;
        }

        void block(Load load) throws IOException {
            for (int i = 0; i < THROWN_AWAY; i++) {
                roundTrip(load.command());
            }
            for (int i = 0; i < load.trips(); i++) {
                long start = System.nanoTime();
                roundTrip(load.command());
                nanos[samples++] = System.nanoTime() - start;
            }
        }

        void roundTrip(String command) throws IOException {
            output.clear().put(command.getBytes(StandardCharsets.US_ASCII)).flip();
            while (output.hasRemaining()) {
                channel.write(output);
            }
            receive();
        }

        /** One line. */
        private void receive() throws IOException {
            byte last = 0;
            while (last != '\n') {
                if (channel.read(input.clear()) < 0) {
                    throw new IOException(name + " ended the connection");
                }
                last = input.get(input.position() - 1);
            }
        }

        double micros(int percentile) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return sorted[(int) ((sorted.length - 1) * (long) percentile / 100)] / 1e3;
        }
    }

    /** What a process takes of the processors, and what its children take, as far as the system tells. */
    private static final class Cpu {
        /** Behind the command's name, which stands in parentheses. */
        private static final int PARENT = 1;

        private final String pid;
        private Taken before = new Taken(0, 0);
        private Taken after = new Taken(0, 0);

        /** Nanoseconds. */
        private record Taken(long own, long children) {}

        Cpu(String pid) {
            this.pid = pid;
        }

        void begin() {
            before = taken();
        }

        void end() {
            after = taken();
        }

        /** Microseconds: of the process itself, and behind a plus of its children. */
        String each(int trips) {
            if (pid.isEmpty() || after.own() + after.children() == 0) {
                return "-";
            }
            return each(after.own() - before.own(), trips) + " + " + each(after.children() - before.children(), trips);
        }

        private static String each(long nanos, int trips) {
            return String.format(Locale.ROOT, "%.1f", nanos / 1e3 / trips);
        }

        /** socat makes a process for each client, and qmptape one that records. */
        private Taken taken() {
            long own = 0;
            long children = 0;
            for (File process : pid.isEmpty() ? new File[0] : list(new File("/proc"))) {
                if (process.getName().equals(pid)) {
                    own += nanos(process);
                } else if (parent(process).equals(pid)) {
                    children += nanos(process);
                }
            }
            return new Taken(own, children);
        }

        /** What the scheduler gave the threads that are there: ticks would be too coarse. */
        private static long nanos(File process) {
            long sum = 0;
            for (File thread : list(new File(process, "task"))) {
                String[] fields = read(new File(thread, "schedstat")).split(" ");
                sum += fields[0].isEmpty() ? 0 : Long.parseLong(fields[0]);
            }
            return sum;
        }

        private static String parent(File process) {
            String stat = read(new File(process, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields.length > PARENT ? fields[PARENT] : "";
        }

        private static File[] list(File directory) {
            File[] numbers = directory.listFiles((parent, name) -> name.matches("\\d+"));
            return numbers == null ? new File[0] : numbers;
        }

        private static String read(File file) {
            try {
                return Files.readString(file.toPath());
            } catch (IOException ended) {
                return "";
            }
        }
    }

    /** A stand-in for QEMU that answers at once: where QEMU itself takes 300 us, a relay's cost would not be seen. */
    private static void serve(SocketAddress address) throws IOException {
        boolean isUnix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel listener =
                ServerSocketChannel.open(isUnix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        listener.bind(address);
        Thread thread = new Thread(() -> acceptAll(listener), "stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    private static void acceptAll(ServerSocketChannel listener) {
        while (true) {
            try (SocketChannel client = listener.accept()) {
                answerAll(client);
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    private static void answerAll(SocketChannel client) throws IOException {
        ByteBuffer small = line("{\"return\": {\"status\": \"running\", \"singlestep\": false, \"running\": true}}");
        ByteBuffer large = line("{\"return\": \"" + "x".repeat(LARGE_REPLY - 16) + "\"}");
        ByteBuffer huge = line("{\"return\": \"" + "x".repeat(HUGE_REPLY - 16) + "\"}");
        ByteBuffer input = ByteBuffer.allocateDirect(4096);
        send(client, line("{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 0, \"major\": 0}, \"package\": \"stand-in\"},"
                + " \"capabilities\": []}}"));
        while (client.read(input) >= 0) {
            if (input.get(input.position() - 1) == '\n') {
                char asked = (char) input.get(ASKS_AT);
                send(client, asked == LARGE.charAt(ASKS_AT) ? large : asked == HUGE.charAt(ASKS_AT) ? huge : small);
                input.clear();
            }
        }
    }

    private static void send(SocketChannel client, ByteBuffer line) throws IOException {
        line.rewind();
        while (line.hasRemaining()) {
            client.write(line);
        }
    }

    private static ByteBuffer line(String text) {
        byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }
}
