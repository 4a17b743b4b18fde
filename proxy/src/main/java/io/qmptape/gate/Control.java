package io.qmptape.gate;

import java.util.Optional;

/**
 * What is asked of a client's messages before they go on.
 *
 * @param admission which may go on at all; empty for all
 * @param isRecordedFirst whether each has to be on the tape before
 */
public record Control(Optional<Admission> admission, boolean isRecordedFirst) {
    /** All goes on at once, byte by byte. */
    public static final Control NONE = new Control(Optional.empty(), false);

    public boolean isNone() {
        return equals(NONE);
    }
}
