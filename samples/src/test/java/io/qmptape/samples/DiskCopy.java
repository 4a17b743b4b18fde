package io.qmptape.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * What a user of QEMU might have: copies a disk of a running machine, and goes by the events that QEMU sends. Knows
 * nothing of qmptape. Owns its connection; not safe for threads.
 */
final class DiskCopy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel monitor;
    private final BufferedReader lines;
    /** Came while a reply was waited for. */
    private final Queue<JsonNode> events = new ArrayDeque<>();

    private DiskCopy(SocketChannel monitor) {
        this.monitor = monitor;
        this.lines = new BufferedReader(Channels.newReader(monitor, StandardCharsets.UTF_8));
    }

    static DiskCopy connect(Path socket) throws IOException {
        DiskCopy copy = new DiskCopy(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        copy.receive(); // the greeting
        copy.execute(command("qmp_capabilities"));
        return copy;
    }

    /**
     * Copies what the machine sees of {@code source} to {@code target} and waits until it is done.
     *
     * @param source node name of the disk
     * @param extent how much: {@code full}, {@code top} or {@code none}
     * @return the bytes copied
     */
    long copy(String source, String target, String extent) throws IOException {
        ObjectNode mirror = command("blockdev-mirror");
        mirror.putObject("arguments")
                .put("job-id", "copying")
                .put("device", source)
                .put("target", target)
                .put("sync", extent)
                .put("auto-dismiss", false);
        execute(mirror);
        awaitJob("ready");
        execute(ofJob("job-complete"));
        long copied = await("BLOCK_JOB_COMPLETED", Optional.empty())
                .at("/data/offset")
                .asLong();
        awaitJob("concluded");
        execute(ofJob("job-dismiss"));
        return copied;
    }

    @Override
    public void close() throws IOException {
        monitor.close();
    }

    private void awaitJob(String status) throws IOException {
        await("JOB_STATUS_CHANGE", Optional.of(status));
    }

    private JsonNode await(String event, Optional<String> status) throws IOException {
        while (true) {
            JsonNode next = events.isEmpty() ? receive() : events.remove();
            String seen = next.at("/data/status").asText();
            if (next.path("event").asText().equals(event)
                    && status.map(seen::equals).orElse(true)) {
                return next;
            }
        }
    }

    private void execute(ObjectNode command) throws IOException {
        ByteBuffer line = StandardCharsets.UTF_8.encode(command + "\n");
        while (line.hasRemaining()) {
            monitor.write(line);
        }
        JsonNode message = receive();
        while (message.has("event")) {
            events.add(message);
            message = receive();
        }
        if (!message.has("return")) {
            throw new IOException(
                    command + " failed: " + message.at("/error/desc").asText());
        }
    }

    private JsonNode receive() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("QEMU ended the connection");
        }
        return JSON.readTree(line);
    }

    private static ObjectNode ofJob(String name) {
        ObjectNode command = command(name);
        command.putObject("arguments").put("id", "copying");
        return command;
    }

    private static ObjectNode command(String name) {
        return JSON.createObjectNode().put("execute", name);
    }
}
