package io.qmptape.proxy;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The clients that a busy monitor keeps waiting, first come first served, as the kernel serves those that wait in a
 * blocking connect. As long as the clients that it holds. Safe for all threads: sessions of all loops stand in it.
 */
final class WaitingLine {
    private final ConcurrentLinkedQueue<Session> line = new ConcurrentLinkedQueue<>();

    /** Whether it is this session's turn; a newcomer's is when nobody waits. */
    boolean mayGo(Session session) {
        Session first = line.peek();
        return first == null || first == session;
    }

    void join(Session session) {
        if (!line.contains(session)) {
            line.add(session);
        }
    }

    void leave(Session session) {
        line.remove(session);
    }
}
