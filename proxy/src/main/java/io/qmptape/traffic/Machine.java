package io.qmptape.traffic;

import java.util.OptionalLong;

/**
 * One life of one QEMU process.
 *
 * @param name what people call it: {@code --name}, else {@code -name} of its command line, else the endpoint
 * @param uuid {@code -uuid} of its command line; empty if unknown
 * @param pid of the process; empty if unknown
 * @param startTicks start time of that process in clock ticks after boot (field 22 of /proc/PID/stat): with pid and boot it names one life
 */
public record Machine(String name, KnownBy knownBy, String uuid, OptionalLong pid, OptionalLong startTicks) {
    /** Where the name comes from. */
    public enum KnownBy {
        OPTION,
        PROCESS,
        ENDPOINT
    }

    public static Machine named(String name) {
        return new Machine(name, KnownBy.OPTION, "", OptionalLong.empty(), OptionalLong.empty());
    }
}
