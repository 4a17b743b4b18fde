package io.qmptape.store.foreign;

import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came out of a foreign recording. */
record Imported(ForeignRecording recording, List<RecordedSession> sessions) {

    /** A resource of these tests, as a file. */
    static Path resource(String name, Path directory) {
        return copied("/foreign/" + name, directory);
    }

    static Path copied(String resource, Path directory) {
        Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (InputStream in = Objects.requireNonNull(Imported.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Imported text(String text, Path directory) {
        try {
            return of(Files.writeString(directory.resolve("recording"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Imported of(Path file) {
        return of(file, Optional.empty());
    }

    static Imported of(Path file, Optional<ForeignFormat> format) {
        ForeignRecording recording = ForeignRecording.inspect(
                new ForeignRecording.Request(file, format, Optional.of("vm"), MaskRules.usual()), read -> {});
        Map<SessionId, List<SessionRecord>> records = new LinkedHashMap<>();
        Scribes scribes = new Scribes(
                Judging.none(),
                Redaction.with(RedactionKey.random()),
                record -> records.computeIfAbsent(record.session(), id -> new ArrayList<>())
                        .add(record));
        recording.read(new HashSet<>(recording.sessions()), scribes, read -> {});
        return new Imported(
                recording,
                records.values().stream()
                        .map(all -> RecordedSession.load(all::forEach))
                        .toList());
    }

    /** All that was said in a session, as {@code -> text}. */
    static List<String> said(RecordedSession session) {
        return session.frames().stream().map(Imported::line).toList();
    }

    private static String line(FrameRecorded recorded) {
        boolean isClient = recorded.frame().direction() == Direction.CLIENT_TO_SERVER;
        return (isClient ? "-> " : "<- ") + recorded.frame().body().text();
    }

    List<Long> misunderstoodLines() {
        return recording.misunderstood().stream()
                .map(ForeignRecording.Misunderstood::line)
                .toList();
    }
}
