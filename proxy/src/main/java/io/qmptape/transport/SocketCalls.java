package io.qmptape.transport;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The system calls for descriptors that neither Java nor Netty has. Addresses and sizes are those of 64-bit Linux. */
final class SocketCalls {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    private static final @Nullable String MISSING = load();

    private SocketCalls() {}

    /** Why there are none, in words for a user; empty where they can be called. */
    static Optional<String> missing() {
        return Optional.ofNullable(MISSING);
    }

    /** A failed load is told to the user in this text: the relay works without. */
    private static @Nullable String load() {
        try {
            if (Native.POINTER_SIZE != Long.BYTES) {
                return "a 64-bit system is needed";
            }
            Native.register(SocketCalls.class, NativeLibrary.getProcess());
            return null;
        } catch (LinkageError | RuntimeException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("JNA cannot be loaded");
        }
    }

    /** @return how many bytes, or an error's number below zero */
    static int receive(int socket, long header, int flags) {
        return result(recvmsg(socket, header, flags));
    }

    /** @return how many bytes, or an error's number below zero */
    static int send(int socket, long header, int flags) {
        return result(sendmsg(socket, header, flags));
    }

    /** @return zero, or an error's number below zero */
    static int status(int descriptor, long emptyPath, int flags, int mask, long into) {
        return result(statx(descriptor, emptyPath, flags, mask, into));
    }

    /** Two ends of one connection. */
    static int[] pair() throws IOException {
        int[] ends = new int[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
            throw Errors.newIOException("socketpair", -Native.getLastError());
        }
        return ends;
    }

    /** What is asked of it fails where it would wait. */
    static void unblock(int descriptor) throws IOException {
        if (MISSING != null) {
            throw new IOException(MISSING);
        }
        int flags = fcntl(descriptor, F_GETFL, 0);
        if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) {
            throw Errors.newIOException("fcntl", -Native.getLastError());
        }
    }

    private static int result(long returned) {
        return returned < 0 ? -Native.getLastError() : (int) returned;
    }

    private static native long recvmsg(int socket, long header, int flags);

    private static native long sendmsg(int socket, long header, int flags);

    private static native int socketpair(int family, int type, int protocol, int[] ends);

    private static native int fcntl(int descriptor, int command, int argument);

    private static native int statx(int descriptor, long path, int flags, int mask, long into);
}
