package io.qmptape.analyzer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Plays a recording of real traffic into a spoken session: lines of {@code {"t", "dir", "data"}}. */
final class ForeignRecording {
    private ForeignRecording() {}

    static SpokenSession play(String name, SpokenSession into) {
        Map<Direction, FrameSplitter> splitters = new EnumMap<>(Direction.class);
        long[] last = {0};
        try (InputStream file = ForeignRecording.class.getResourceAsStream("/recordings/" + name + ".jsonl");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            ObjectMapper json = new ObjectMapper();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode read = json.readTree(line);
                if (!read.has("data")) {
                    last[0] = read.path("t").asLong();
                    continue;
                }
                Direction direction = Direction.ofWord(read.path("dir").asText());
                Bytes chunk =
                        Bytes.lend(Base64.getDecoder().decode(read.path("data").asText()));
                long at = read.path("t").asLong();
                splitters.computeIfAbsent(direction, FrameSplitter::new).accept(chunk, at, List.of(), cut -> {
                    into.say(direction, Math.max(0, at - last[0]), cut.bytes(), List.of(), findings(cut.bytes()));
                    last[0] = at;
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return into;
    }

    /** One rule is enough to have something to show. */
    private static List<Finding> findings(Bytes bytes) {
        return bytes.text().contains("\"job-finalize\"") || bytes.text().contains("\"job-dismiss\"")
                ? List.of(new Finding(
                        "command/unknown",
                        Severity.INFO,
                        "$.execute",
                        "The catalog has no such command; QEMU may be newer."))
                : List.of();
    }
}
