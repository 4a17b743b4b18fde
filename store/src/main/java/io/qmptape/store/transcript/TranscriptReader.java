package io.qmptape.store.transcript;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the text form of a session. Whatever is wrong with it is told with the line's number. */
public final class TranscriptReader {
    private final String name;
    private final Bytes text;
    private final List<SessionRecord> records = new ArrayList<>();
    private int position;
    private int lineNumber;

    private TranscriptReader(String name, Bytes text) {
        this.name = name;
        this.text = text;
    }

    /**
     * @throws TapeException if the file is missing or broken; says where
     * @throws UncheckedIOException if it cannot be read
     */
    public static RecordedSession read(Path file) {
        try {
            return read(file.toString(), Bytes.lend(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw new TapeException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** Whether the file begins as a transcript does, sound or broken. */
    public static boolean recognises(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
            return head.strip().startsWith("{\"" + Header.MARK + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** @param name of where the text comes from, for error messages */
    public static RecordedSession read(String name, Bytes text) {
        return new TranscriptReader(name, text).session();
    }

    private RecordedSession session() {
        Fields first = fields(nextLine().orElseThrow(() -> fault("the file is empty")));
        if (!first.has(Header.MARK)) {
            throw fault("this is no transcript: its first line has no member '" + Header.MARK + "'");
        }
        Opened opened = Header.read(first);
        records.add(opened);
        LineReader lines = new LineReader(opened, this::textLine);
        for (Optional<Bytes> line = nextLine(); line.isPresent(); line = nextLine()) {
            if (lines.isClosed()) {
                throw fault("the session is closed, and here is more");
            }
            records.add(record(lines, line.get()));
        }
        return new RecordedSession(opened, records);
    }

    private SessionRecord record(LineReader lines, Bytes line) {
        Fields fields = fields(line);
        try {
            return lines.read(fields, line);
        } catch (IllegalArgumentException e) {
            throw fields.fault(String.valueOf(e.getMessage()), e);
        }
    }

    private String textLine() {
        Optional<Json> json = nextLine().flatMap(line -> JsonReader.read(line, Direction.CLIENT_TO_SERVER));
        if (json.isPresent() && json.get() instanceof Json.Str string) {
            return string.value();
        }
        throw fault("here should stand a line of text, as a JSON string");
    }

    private Fields fields(Bytes line) {
        Optional<Json> json = JsonReader.read(line, Direction.CLIENT_TO_SERVER);
        if (json.isPresent() && json.get() instanceof Json.Obj object) {
            return new Fields(object, name + ":" + lineNumber);
        }
        String why = JsonReader.fault(line, Direction.CLIENT_TO_SERVER).orElse("it is no object");
        throw fault("this is no JSON object: " + why);
    }

    private Optional<Bytes> nextLine() {
        if (position >= text.length()) {
            return Optional.empty();
        }
        int end = position;
        while (end < text.length() && text.at(end) != '\n') {
            end++;
        }
        Bytes line = text.slice(position, end);
        position = end + 1;
        lineNumber++;
        return Optional.of(line);
    }

    private TapeException fault(String what) {
        return new TapeException(name + ":" + Math.max(1, lineNumber) + ": " + what);
    }
}
