package io.qmptape.protocol;

/** Ends the reading of a value inside this package; it never leaves it: bad input is no exception to our callers. */
final class JsonFault extends Exception {
    private static final long serialVersionUID = 1L;

    JsonFault(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
