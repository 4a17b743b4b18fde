package io.qmptape.traffic;

import java.util.OptionalLong;

/**
 * Who stands at the other end of a socket, as far as the kernel tells.
 *
 * @param address as people write it, for a TCP peer, and behind it over TLS the subject of its certificate; empty for a
 *     unix socket
 * @param command the process's short name, empty if unknown
 */
public record Peer(String address, OptionalLong pid, OptionalLong uid, OptionalLong gid, String command) {
    public static final Peer UNKNOWN =
            new Peer("", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "");
}
