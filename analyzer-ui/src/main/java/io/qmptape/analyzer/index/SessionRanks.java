package io.qmptape.analyzer.index;

/** The place of each session in lists over all sessions, by its number in the index. */
interface SessionRanks {
    /** One session alone, or an order that does not matter. */
    SessionRanks NONE = session -> 0;

    int of(int session);
}
