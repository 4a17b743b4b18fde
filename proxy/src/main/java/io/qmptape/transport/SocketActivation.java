package io.qmptape.transport;

import java.util.Map;

/** The socket that systemd opened for this process, as sd_listen_fds(3) has it. */
final class SocketActivation {
    private static final int FIRST = 3;

    private SocketActivation() {}

    static InheritedEndpoint ofThisProcess() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /** @throws IllegalArgumentException if it is not exactly one */
    static InheritedEndpoint of(Map<String, String> environment, long pid) {
        String count = environment.getOrDefault("LISTEN_FDS", "0");
        if (count.equals("0") || !environment.getOrDefault("LISTEN_PID", "").equals(String.valueOf(pid))) {
            throw new IllegalArgumentException(
                    "fd:systemd: systemd passed no socket to this process: start it by a socket unit");
        }
        if (!count.equals("1")) {
            throw new IllegalArgumentException("fd:systemd: systemd passed " + count
                    + " sockets: name the one that is meant, fd:3 for the first, fd:4 for the second");
        }
        return new InheritedEndpoint(FIRST);
    }
}
