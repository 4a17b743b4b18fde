package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Tells a peer that only ended its sending from one that is gone. */
public final class Presence {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private Presence() {}

    /**
     * Whether nobody is left at the other end. A write of no bytes fails on a dead connection and does nothing on a live
     * one; where that cannot be tried, the peer counts as there. On the channel's loop, and only while its own output is
     * not shut.
     */
    public static boolean isGone(Channel channel) {
        if (!channel.isActive()) {
            return true;
        }
        if (!(channel instanceof UnixChannel unix)) {
            return false;
        }
        try {
            unix.fd().write(NOTHING, 0, 0);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
