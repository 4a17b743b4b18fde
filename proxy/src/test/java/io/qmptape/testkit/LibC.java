package io.qmptape.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;

/** The system's own calls, for what a test must do to a socket that Java cannot. Structures are 64-bit Linux's. */
interface LibC extends Library {
    LibC INSTANCE = Native.load("c", LibC.class);

    int AF_UNIX = 1;
    int SOCK_STREAM = 1;
    int SOCK_CLOEXEC = 0x8_0000;
    int SOL_SOCKET = 1;
    int SO_RCVTIMEO = 20;
    int SO_SNDTIMEO = 21;
    int SHUT_WR = 1;
    int SCM_RIGHTS = 1;
    int MSG_CTRUNC = 8;
    int MSG_NOSIGNAL = 0x4000;
    int MSG_CMSG_CLOEXEC = 0x4000_0000;
    int O_CLOEXEC = 0x8_0000;

    int socket(int domain, int type, int protocol) throws LastErrorException;

    int bind(int socket, byte[] address, int length) throws LastErrorException;

    int listen(int socket, int backlog) throws LastErrorException;

    int accept4(int socket, long address, long length, int flags) throws LastErrorException;

    int connect(int socket, byte[] address, int length) throws LastErrorException;

    int setsockopt(int socket, int level, int name, long[] value, int length) throws LastErrorException;

    long sendmsg(int socket, Message message, int flags) throws LastErrorException;

    long recvmsg(int socket, Message message, int flags) throws LastErrorException;

    int shutdown(int socket, int how) throws LastErrorException;

    int pipe2(int[] ends, int flags) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    /** struct iovec. */
    @Structure.FieldOrder({"base", "length"})
    final class Vector extends Structure implements Structure.ByReference {
        public Pointer base = Pointer.NULL;
        public long length;
    }

    /** struct msghdr. */
    @Structure.FieldOrder({"name", "nameLength", "vector", "vectors", "control", "controlLength", "flags"})
    final class Message extends Structure {
        public Pointer name = Pointer.NULL;
        public int nameLength;
        public Vector vector = new Vector();
        public long vectors = 1;
        public Pointer control = Pointer.NULL;
        public long controlLength;
        public int flags;
    }
}
