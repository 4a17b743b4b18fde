package io.qmptape.replay;

import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * Where a client parted from its script. Texts are for people: cut short where they are long, and without secrets.
 *
 * @param session the one that was recorded
 * @param step the client's step that was due, from 1; one more than {@code steps} where none was
 * @param steps how many steps the script has for the client
 * @param sequence of the recorded frame that was due; 0 where none was
 * @param recorded what was due
 * @param received what came instead
 */
public record Divergence(
        Kind kind,
        SessionId session,
        int step,
        int steps,
        long sequence,
        Optional<String> recorded,
        Optional<String> received,
        List<MemberDifference> differences) {
    public Divergence {
        differences = List.copyOf(differences);
    }

    public enum Kind {
        DIFFERENT("the client sent something else than was recorded"),
        MORE_THAN_RECORDED("the client sent more than was recorded"),
        LEFT_EARLY("the client left before the script was played");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
