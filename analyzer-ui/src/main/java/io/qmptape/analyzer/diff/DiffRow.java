package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.util.List;

/** One line of a comparison: exchanges that are the same, that differ in members, or that only one side has. */
public sealed interface DiffRow {
    record Same(Exchange a, Exchange b) implements DiffRow {}

    /** @param changes never empty; of the command's arguments ({@code $.arguments…}) and of the reply ({@code $.return…}, {@code $.error…}) */
    record Changed(Exchange a, Exchange b, List<MemberChange> changes) implements DiffRow {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    record OnlyA(Exchange a) implements DiffRow {}

    record OnlyB(Exchange b) implements DiffRow {}
}
