package io.qmptape.cli;

import io.qmptape.store.care.RetentionLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a tape may hold, for those who record onto it and those who prune it. */
final class RetentionOptions {
    @Option(names = "--keep-age", paramLabel = "TIME", description = "Drop what is older, as 90d.")
    private @Nullable String age;

    @Option(names = "--keep-size", paramLabel = "SIZE", description = "Drop the oldest until the tape fits, as 10G.")
    private @Nullable String size;

    @Option(
            names = "--keep-free",
            paramLabel = "SIZE",
            description = "Drop the oldest until so much of the file system is free, as 5G.")
    private @Nullable String free;

    RetentionLimits limits() {
        RetentionLimits limits = RetentionLimits.none();
        limits = age == null ? limits : limits.withAge(Amounts.duration(age));
        limits = size == null ? limits : limits.withBytes(Amounts.bytes(size));
        return free == null ? limits : limits.withFreeBytes(Amounts.bytes(free));
    }
}
