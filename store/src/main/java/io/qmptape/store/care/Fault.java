package io.qmptape.store.care;

/**
 * One thing that is wrong with a tape.
 *
 * @param reel the reel that it is in; empty if it is in a file beside the reels
 * @param place the record in the reel, or the file; empty if it is the reel as a whole
 * @param session the session that it touches; empty if that is not known
 */
public record Fault(String reel, String place, String session, String what) {
    static Fault of(String reel, String what) {
        return new Fault(reel, "", "", what);
    }

    static Fault ofFile(String file, String what) {
        return new Fault("", "file " + file, "", what);
    }

    @Override
    public String toString() {
        String where = reel.isEmpty() ? place : "reel " + reel + (place.isEmpty() ? "" : ", " + place);
        return where + (session.isEmpty() ? "" : ", session " + session) + ": " + what;
    }
}
