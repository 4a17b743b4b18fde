package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who stands at the other end of a unix socket, as the kernel noted it at connect or listen (SO_PEERCRED).
 *
 * @param pid empty for a process of another pid name space
 */
public record Credentials(OptionalLong pid, long uid, OptionalLong gid) {
    /** Empty for TCP, and where there is no epoll. */
    public static Optional<Credentials> of(Channel channel) {
        if (!(channel instanceof EpollDomainSocketChannel unix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(unix.peerCredentials()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Credentials of(PeerCredentials peer) {
        return new Credentials(
                peer.pid() > 0 ? OptionalLong.of(peer.pid()) : OptionalLong.empty(),
                Integer.toUnsignedLong(peer.uid()),
                peer.gids().length > 0
                        ? OptionalLong.of(Integer.toUnsignedLong(peer.gids()[0]))
                        : OptionalLong.empty());
    }
}
