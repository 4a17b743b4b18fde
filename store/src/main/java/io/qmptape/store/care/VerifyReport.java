package io.qmptape.store.care;

import java.util.List;

/**
 * What reading a tape through has shown.
 *
 * @param faults in the order of the tape; the first is the first bad record
 * @param notes what is as it should be and worth saying
 * @param head of the ledger: its last line's number and hash, as {@code 12:9f…}
 */
public record VerifyReport(
        long reels, long sessions, long records, List<Fault> faults, List<String> notes, String head) {
    public VerifyReport {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public boolean isSound() {
        return faults.isEmpty();
    }
}
