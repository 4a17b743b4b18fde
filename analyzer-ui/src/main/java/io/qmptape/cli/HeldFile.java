package io.qmptape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that this process has open: it can be had as it was, also when another one is in its place by now. */
final class HeldFile {
    private static final Logger LOG = LoggerFactory.getLogger(HeldFile.class);

    private final Path file;
    private final Optional<Path> descriptor;

    private HeldFile(Path file, Optional<Path> descriptor) {
        this.file = file;
        this.descriptor = descriptor;
    }

    /** To be called while the file is in its place. */
    static HeldFile of(Path file) {
        Path descriptors =
                Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
        try (Stream<Path> open = Files.list(descriptors)) {
            return new HeldFile(
                    file, open.filter(descriptor -> isSame(file, descriptor)).findFirst());
        } catch (IOException e) {
            LOG.debug("what this process has open cannot be listed", e);
            return new HeldFile(file, Optional.empty());
        }
    }

    /** Where it can be opened as it was when it was looked at; of use to other processes while this one lives. */
    Path path() {
        return descriptor.filter(held -> !isSame(file, held)).orElse(file);
    }

    private static boolean isSame(Path file, Path descriptor) {
        try {
            return Files.isSameFile(file, descriptor);
        } catch (IOException e) {
            return false;
        }
    }
}
