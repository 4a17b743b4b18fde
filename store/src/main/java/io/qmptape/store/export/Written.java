package io.qmptape.store.export;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a writer does with each record; where it is written to may fail. */
@FunctionalInterface
interface Written {
    void write(SessionRecord record) throws IOException;

    /** @throws UncheckedIOException if one of them cannot be written */
    static void each(SessionSource source, Written written) {
        source.read(record -> {
            try {
                written.write(record);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the export: " + e.getMessage(), e);
            }
        });
    }
}
