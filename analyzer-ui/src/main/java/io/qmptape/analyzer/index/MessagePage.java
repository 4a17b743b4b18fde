package io.qmptape.analyzer.index;

import java.util.List;

/**
 * A piece of a list of messages.
 *
 * @param total how many there are in all
 * @param offset of the first row here
 */
public record MessagePage(long total, long offset, List<MessageRow> rows) {
    public MessagePage {
        rows = List.copyOf(rows);
    }
}
