package io.qmptape.store;

import io.qmptape.protocol.Bytes;

/** Is told, in their order, what the files of a reel hold, sound or not. */
public interface ReelScan {
    /** A record whose checksum fits. */
    void record(Place place, Bytes record);

    /** Bytes that should be a record and are none: a crash or a full disk left them, or they were changed. */
    void damage(Place place, String what);

    /** Where in which file of the reel. */
    record Place(String file, long offset) {
        @Override
        public String toString() {
            return file + " at " + offset;
        }
    }
}
