package io.qmptape.analyzer.index;

import io.qmptape.store.SessionSummary;

/**
 * A session as the index knows it.
 *
 * @param ordinal its number in this index, from 1
 */
record IndexedSession(int ordinal, SessionSummary summary) {}
