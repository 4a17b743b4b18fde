package io.qmptape.proxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line of a process tells about the machine that it runs.
 *
 * @param hasMonitor whether it asks for a monitor at all
 * @param name of {@code -name}, plain or as {@code guest=}
 * @param uuid of {@code -uuid}; empty if none
 */
record MonitorProcess(boolean hasMonitor, Optional<String> name, String uuid) {
    private static final Set<String> MONITOR_OPTIONS =
            Set.of("-qmp", "-qmp-pretty", "-mon", "-monitor", "-chardev", "-incoming");
    private static final String GUEST = "guest=";

    static MonitorProcess of(List<String> arguments) {
        boolean hasMonitor = arguments.stream().map(MonitorProcess::option).anyMatch(MONITOR_OPTIONS::contains);
        Optional<String> name = valueOf("-name", arguments).flatMap(MonitorProcess::guest);
        return new MonitorProcess(hasMonitor, name, valueOf("-uuid", arguments).orElse(""));
    }

    /** The last one counts, as for QEMU. */
    private static Optional<String> valueOf(String option, List<String> arguments) {
        for (int i = arguments.size() - 2; i >= 0; i--) {
            if (option(arguments.get(i)).equals(option)) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Options may begin with one dash or two. */
    private static String option(String argument) {
        return argument.startsWith("--") ? argument.substring(1) : argument;
    }

    /** {@code vm1}, {@code vm1,process=x} or {@code debug-threads=on,guest=vm1}; a comma in a value is doubled. */
    private static Optional<String> guest(String value) {
        String[] parts = value.replace(",,", "\0").split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].replace('\0', ',');
            if (part.startsWith(GUEST)) {
                return nonBlank(part.substring(GUEST.length()));
            }
            if (i == 0 && !part.contains("=")) {
                return nonBlank(part);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> nonBlank(String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(name);
    }
}
