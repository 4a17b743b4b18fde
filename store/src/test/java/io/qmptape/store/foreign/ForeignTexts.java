package io.qmptape.store.foreign;

import io.qmptape.store.RecordedSession;
import java.nio.file.Path;
import java.util.List;

/** Test kit: sessions out of foreign recordings, for tests of other packages. */
public final class ForeignTexts {
    private ForeignTexts() {}

    public static List<RecordedSession> sessions(Path file) {
        return Imported.of(file).sessions();
    }

    /** The one session that such a text holds. */
    public static RecordedSession session(String text, Path directory) {
        return Imported.text(text, directory).sessions().get(0);
    }

    /** One of the recordings of real traffic. */
    public static RecordedSession recording(String name, Path directory) {
        return sessions(Imported.copied("/recordings/" + name + ".jsonl", directory))
                .get(0);
    }
}
