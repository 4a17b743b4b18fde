package io.qmptape.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of mode 0700 for sockets, removed with all that is in it on close. */
record PrivateDirectory(Path path) implements AutoCloseable {
    static PrivateDirectory make() throws IOException {
        return new PrivateDirectory(Files.createTempDirectory("qmptape-run-"));
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
