package io.qmptape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The session that the demo plays where there is no QEMU. */
final class Bundled {
    static final String ID = "f2971fed-1ca8-4dfb-ab47-4cb660738205";

    private Bundled() {}

    static byte[] bytes() throws IOException {
        try (InputStream in = Objects.requireNonNull(Bundled.class.getResourceAsStream("demo.qmp.jsonl"))) {
            return in.readAllBytes();
        }
    }

    static String copiedTo(Path file) throws IOException {
        return Files.write(file, bytes()).toString();
    }
}
