package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessageIndex;

/** Every bound of the API. What is cut says so in the answer, and how to get the rest. */
final class Limits {
    static final int PAGE = 200;
    static final int MAX_PAGE = MessageIndex.MAX_LIMIT;
    static final int MAX_QUERY_LENGTH = 4096;
    static final int FACET_VALUES = 20;
    static final int MAX_FACET_VALUES = 1000;
    static final int ACTIVITY_IN_LIST = 40;
    static final int ACTIVITY_OF_SESSION = 150;
    /** Bytes of a message that travel inside JSON; the whole is one download away. */
    static final int MAX_TEXT_BYTES = 256 * 1024;

    static final int MAX_TREE_NODES = 2000;
    static final int MAX_TREE_CHILDREN = 200;
    static final int MAX_TREE_DEPTH = 24;
    static final int MAX_STRING_LENGTH = 2000;
    static final int MAX_FOLDED_ROWS = 2000;
    static final int CONTEXT_ROWS = 2;

    /** Folds that a request may ask to see opened. */
    static final int MAX_OPEN_FOLDS = 200;
    /** Folds that are kept of a session; what comes after them is not folded. */
    static final int MAX_FOLDS = 50_000;
    /** Sessions whose folds are kept. */
    static final int MAX_FOLDED_SESSIONS = 4;
    /** Messages that one request reads to fold them; the next goes on. */
    static final int MAX_FOLDED_AT_ONCE = 300_000;

    private Limits() {}
}
