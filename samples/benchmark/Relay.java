import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** Where the two commands part. */
    private static final int ASKS_AT = "{\"execute\": \"query-".length();

    private static final int LARGE_REPLY = 207_013;
    private static final int THROWN_AWAY = 5;

    private Relay() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1 && arguments[0].equals("serve")) {
            for (String path : Arrays.asList(arguments).subList(1, arguments.length)) {
                serve(Path.of(path));
            }
            Thread.currentThread().join();
        } else if (arguments.length > 3 && arguments[0].equals("measure")) {
            measure(arguments[1], Integer.parseInt(arguments[2]), Arrays.asList(arguments).subList(3, arguments.length));
        } else {
            System.err.println("use: Relay.java serve PATH... | measure qemu|stand-in BLOCKS WAY=PATH[@PID]...");
            System.exit(2);
        }
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
        for (Load load : List.of(small, large)) {
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
        System.out.printf("%-9s %-7s %-8s %9s %9s %18s %18s %16s%n",
                "server", "command", "way", "p50 us", "p99 us", "p50 p99 to direct", "p50 p99 to socat", "CPU us/trip");
        int trips = load.blocks() * (load.trips() + THROWN_AWAY);
        for (Way way : ways) {
            System.out.printf(Locale.ROOT, "%-9s %-7s %-8s %9.1f %9.1f %18s %18s %16s%n",
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
            Path path = Path.of(at < 0 ? text.substring(sign + 1) : text.substring(sign + 1, at));
            Cpu cpu = new Cpu(at < 0 ? "" : text.substring(at + 1));
            Way way = new Way(text.substring(0, sign), SocketChannel.open(UnixDomainSocketAddress.of(path)), cpu);
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
        private static final int MICROS_A_TICK = 10_000;
        /** Behind the command's name, which stands in parentheses: parent, user and system ticks. */
        private static final int PARENT = 1;
        private static final int USER = 11;

        private final String pid;
        private Ticks before = new Ticks(0, 0);
        private Ticks after = new Ticks(0, 0);

        private record Ticks(long own, long children) {}

        Cpu(String pid) {
            this.pid = pid;
        }

        void begin() {
            before = ticks();
        }

        void end() {
            after = ticks();
        }

        /** The process itself, and its children behind a plus. */
        String each(int trips) {
            if (pid.isEmpty() || after.own() + after.children() == 0) {
                return "-";
            }
            return each(after.own() - before.own(), trips) + " + " + each(after.children() - before.children(), trips);
        }

        private static String each(long ticks, int trips) {
            return String.format(Locale.ROOT, "%.1f", ticks * (double) MICROS_A_TICK / trips);
        }

        /** socat makes a process for each client, and qmptape one that records. */
        private Ticks ticks() {
            File[] processes = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
            long own = 0;
            long children = 0;
            for (File process : pid.isEmpty() || processes == null ? new File[0] : processes) {
                String[] fields = stat(process);
                if (fields.length <= USER + 1) {
                    continue;
                }
                long taken = Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
                if (process.getName().equals(pid)) {
                    own += taken;
                } else if (fields[PARENT].equals(pid)) {
                    children += taken;
                }
            }
            return new Ticks(own, children);
        }

        private static String[] stat(File process) {
            try {
                String stat = Files.readString(process.toPath().resolve("stat"));
                return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            } catch (IOException ended) {
                return new String[0];
            }
        }
    }

    /** A stand-in for QEMU that answers at once: where QEMU itself takes 300 us, a relay's cost would not be seen. */
    private static void serve(Path path) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
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
        ByteBuffer input = ByteBuffer.allocateDirect(4096);
        send(client, line("{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 0, \"major\": 0}, \"package\": \"stand-in\"},"
                + " \"capabilities\": []}}"));
        while (client.read(input) >= 0) {
            if (input.get(input.position() - 1) == '\n') {
                send(client, input.get(ASKS_AT) == LARGE.charAt(ASKS_AT) ? large : small);
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
