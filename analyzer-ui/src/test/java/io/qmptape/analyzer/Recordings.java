package io.qmptape.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.analyzer.query.Frames;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Real sessions, kept as the chunks that each side read. */
public final class Recordings {
    private final Opened opened = Frames.ofMachine("recorded").opened();
    private final Map<Direction, FrameSplitter> splitters = new EnumMap<>(Direction.class);
    private final List<FrameRecorded> frames = new ArrayList<>();

    private Recordings() {
        for (Direction direction : Direction.values()) {
            splitters.put(direction, new FrameSplitter(direction));
        }
    }

    public static List<FrameRecorded> frames(String name) {
        Recordings recording = new Recordings();
        InputStream file = Recordings.class.getResourceAsStream("/recordings/" + name + ".jsonl");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Objects.requireNonNull(file, name), StandardCharsets.UTF_8))) {
            ObjectMapper json = new ObjectMapper();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                recording.accept(json.readTree(line));
            }
            return recording.frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(JsonNode chunk) {
        if (chunk.has("data")) {
            Direction direction = Direction.ofWord(chunk.get("dir").textValue());
            Bytes bytes =
                    Bytes.lend(Base64.getDecoder().decode(chunk.get("data").textValue()));
            Consumer<Delimited> sink = delimited -> add(delimited, direction);
            Objects.requireNonNull(splitters.get(direction))
                    .accept(bytes, chunk.get("t").longValue(), List.of(), sink);
        }
    }

    private void add(Delimited delimited, Direction direction) {
        var frame = delimited.numbered(frames.size() + 1L, direction);
        frames.add(new FrameRecorded(opened.session(), frame, Message.of(frame).kind(), List.of(), "", List.of()));
    }
}
