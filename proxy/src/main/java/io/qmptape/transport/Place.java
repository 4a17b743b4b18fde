package io.qmptape.transport;

import java.io.IOException;

/** What a listening socket of ours has in the file system. */
sealed interface Place permits SocketFile, Interposition {
    /** Whether the path still leads to us. */
    boolean isOurs() throws IOException;

    /** Gives it up. To be called while the socket is open: then no one else can have its inode. */
    void leave() throws IOException;
}
