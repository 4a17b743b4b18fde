package io.qmptape.catalog;

/**
 * How far a session is with its capabilities. A client need not wait for the reply to {@code qmp_capabilities}, so a
 * sound one counts at once, until it fails.
 *
 * <pre>
 *   OPEN --sound qmp_capabilities--> PRESUMED --success--> DONE
 *     ^------------failure--------------'
 * </pre>
 */
final class Negotiation {
    private enum State {
        OPEN,
        PRESUMED,
        DONE
    }

    private State state = State.OPEN;
    private boolean hasOutOfBand;

    void presume(boolean withOutOfBand) {
        if (state == State.OPEN) {
            state = State.PRESUMED;
            hasOutOfBand = withOutOfBand;
        }
    }

    void succeed() {
        state = State.DONE;
    }

    void fail() {
        if (state == State.PRESUMED) {
            state = State.OPEN;
            hasOutOfBand = false;
        }
    }

    boolean isOver() {
        return state != State.OPEN;
    }

    boolean hasOutOfBand() {
        return hasOutOfBand;
    }
}
