package io.qmptape.handover;

/** What is promised when something cannot be recorded now. */
public enum OnTapeFailure {
    /** It passes all the same, and becomes a gap if it must. */
    CONTINUE,
    /** It does not pass: nothing goes unrecorded. */
    REFUSE
}
