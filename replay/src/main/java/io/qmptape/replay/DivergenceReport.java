package io.qmptape.replay;

import java.util.List;
import java.util.Optional;

/** A divergence in lines that a person reads. */
public final class DivergenceReport {
    static final int MAX_DIFFERENCES = 20;

    private final Divergence divergence;

    public DivergenceReport(Divergence divergence) {
        this.divergence = divergence;
    }

    /** Several lines, each ended by a line feed; no control characters besides. */
    public String text() {
        StringBuilder text = new StringBuilder(divergence.kind().words());
        text.append(place()).append('\n');
        line(text, "  recorded: ", divergence.recorded());
        line(text, "  received: ", divergence.received());
        List<MemberDifference> differences = divergence.differences();
        differences.stream().limit(MAX_DIFFERENCES).forEach(difference -> member(text, difference));
        if (differences.size() > MAX_DIFFERENCES) {
            text.append("  and ").append(differences.size() - MAX_DIFFERENCES).append(" members more\n");
        }
        return text.toString();
    }

    private String place() {
        String session = "session " + divergence.session().brief();
        if (divergence.sequence() == 0) {
            return ": " + session + " has " + divergence.steps() + " messages of its client";
        }
        return ": message " + divergence.step() + " of " + divergence.steps() + ", frame " + divergence.sequence()
                + " of " + session;
    }

    private static void member(StringBuilder text, MemberDifference difference) {
        text.append("  ").append(difference.path()).append('\n');
        text.append("    recorded: ")
                .append(difference.recorded().orElse("nothing"))
                .append('\n');
        text.append("    received: ")
                .append(difference.received().orElse("nothing"))
                .append('\n');
    }

    private static void line(StringBuilder text, String label, Optional<String> value) {
        value.ifPresent(shown -> text.append(label).append(shown).append('\n'));
    }
}
