package io.qmptape.conversation;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;

/**
 * Polls that were asked before the first of them was answered, mostly one.
 *
 * @param records all from the first question to the last answer; readings of the clocks may stand before and between
 * @param frames those that are frames
 */
record Turn(List<SessionRecord> records, List<FrameRecorded> frames, List<Poll> polls) {
    Turn {
        records = List.copyOf(records);
        frames = List.copyOf(frames);
        polls = List.copyOf(polls);
    }

    FrameRecorded first() {
        return frames.get(0);
    }

    FrameRecorded last() {
        return frames.get(frames.size() - 1);
    }
}
