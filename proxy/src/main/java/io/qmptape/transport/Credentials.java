package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who stands at the other end of a unix socket, as the kernel noted it at connect or listen (SO_PEERCRED).
 *
 * @param pid empty for a process of another pid name space
 */
public record Credentials(OptionalLong pid, long uid, OptionalLong gid) {
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SIZE = 3 * Integer.BYTES;

    /** Empty for TCP, and where there is no epoll. */
    public static Optional<Credentials> of(Channel channel) {
        boolean isUnix = channel instanceof DescriptorChannel || channel instanceof EpollDomainSocketChannel;
        if (!isUnix || !(((UnixChannel) channel).fd() instanceof Socket socket)) {
            return Optional.empty();
        }
        try {
            ByteBuffer answer = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
            socket.getRawOpt(SOL_SOCKET, SO_PEERCRED, answer);
            return Optional.of(of(answer.getInt(0), answer.getInt(4), answer.getInt(8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Credentials of(int pid, int uid, int gid) {
        return new Credentials(
                pid > 0 ? OptionalLong.of(pid) : OptionalLong.empty(),
                Integer.toUnsignedLong(uid),
                OptionalLong.of(Integer.toUnsignedLong(gid)));
    }
}
