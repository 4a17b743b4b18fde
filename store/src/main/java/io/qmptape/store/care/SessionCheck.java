package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec.Stored;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows one session over its records and reels: numbers without a hole, heads that fit, one end. One thread. */
final class SessionCheck {
    private final Predicate<String> isGone;
    private long lastSequence;
    private boolean mayJump = true;
    private boolean isClosed;
    private boolean hasRecorderDied;
    private Bytes head = Bytes.EMPTY;
    /** Where whoever closed a session for a recorder that died went on from: another recorder may do so too. */
    private Bytes closedFromHead = Bytes.EMPTY;

    private String closedFromReel = "";
    private String reel = "";

    /** @param isGone whether the ledger tells what became of a reel that is not there */
    SessionCheck(Predicate<String> isGone) {
        this.isGone = isGone;
    }

    /**
     * @param chainHead the session's head in this reel in front of the record
     * @return what is wrong with the record
     */
    Optional<String> check(Stored stored, Bytes chainHead) {
        SessionRecord record = stored.record();
        if (isClosed && !(hasRecorderDied && record instanceof Continued)) {
            return Optional.of("a record behind the session's end");
        } else if (record instanceof FrameRecorded frame) {
            return sequence(frame.sequence());
        } else if (record instanceof Continued continued) {
            return goesOn(continued);
        } else if (record instanceof Closed closed) {
            isClosed = true;
            hasRecorderDied = closed.cause() == CloseCause.RECORDER_DIED;
            return stored.chainHead().equals(chainHead)
                    ? Optional.empty()
                    : Optional.of("the session's end does not fit its records: some were taken away or changed");
        } else if (record instanceof Gap) {
            mayJump = true;
        } else if (record instanceof Opened && !head.isEmpty()) {
            return Optional.of("the session is opened a second time");
        }
        return Optional.empty();
    }

    /** To be told after each record. */
    void stands(Bytes chainHead, String inReel) {
        head = chainHead;
        reel = inReel;
    }

    boolean isClosed() {
        return isClosed;
    }

    private Optional<String> sequence(long sequence) {
        boolean isNext = sequence == lastSequence + 1 || mayJump && sequence > lastSequence;
        Optional<String> fault =
                isNext ? Optional.empty() : Optional.of("message " + sequence + " follows message " + lastSequence);
        lastSequence = Math.max(lastSequence, sequence);
        mayJump = false;
        return fault;
    }

    private Optional<String> goesOn(Continued continued) {
        // somebody had closed it for the recorder that died, and another one goes on
        isClosed = false;
        boolean isBehind = continued.nextSequence() > lastSequence;
        lastSequence = Math.max(lastSequence, continued.nextSequence() - 1);
        mayJump = false;
        boolean isFromThere = hasRecorderDied
                && continued.chainHead().equals(closedFromHead)
                && isSameReel(continued.previousReel(), closedFromReel);
        closedFromHead = continued.chainHead();
        closedFromReel = continued.previousReel();
        boolean isFromHere = !reel.isEmpty() && isSameReel(continued.previousReel(), reel);
        if (isFromHere && !continued.chainHead().equals(head)) {
            return Optional.of("the session goes on from another state of the reel " + reel
                    + ": records were taken away or changed there");
        } else if (!isFromHere
                && !isFromThere
                && !continued.chainHead().isEmpty()
                && !isGone.test(continued.previousReel())) {
            return Optional.of(
                    "the session goes on from the reel " + continued.previousReel() + ", which is not there");
        }
        return isBehind ? Optional.empty() : Optional.of("the session goes on in front of where it was");
    }

    /** Whatever its generation. */
    static boolean isSameReel(String one, String other) {
        return base(one).equals(base(other));
    }

    static String base(String reel) {
        int generation = reel.lastIndexOf('~');
        return generation < 0 ? reel : reel.substring(0, generation);
    }
}
