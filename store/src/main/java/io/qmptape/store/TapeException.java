package io.qmptape.store;

/** What a person must hear about a tape, a session or a transcript: the message is one line and says what to do. */
public final class TapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TapeException(String message) {
        super(message);
    }

    public TapeException(String message, Throwable cause) {
        super(message, cause);
    }
}
