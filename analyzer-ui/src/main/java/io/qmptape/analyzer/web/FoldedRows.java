package io.qmptape.analyzer.web;

import io.qmptape.analyzer.web.FoldedSession.Stretch;
import io.qmptape.conversation.PollFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a folded list: one for each message that is in no fold, one for each fold, and after that, if it is open,
 * one for each message in it. What is no message yet for the index is left out, but for those that a fold stands for.
 */
final class FoldedRows {
    private final List<Block> blocks = new ArrayList<>();
    private final long total;

    /**
     * @param known how many messages of the session are in the index
     * @param open first messages of the folds that are open
     */
    FoldedRows(List<Stretch> stretches, long known, Set<Long> open) {
        long rows = 0;
        long frames = 0;
        for (Stretch stretch : stretches) {
            if (frames >= known) {
                break;
            }
            long shown = Math.min(stretch.frames(), known - frames);
            Block block = new Block(rows, stretch, shown, open.contains(stretch.first()));
            blocks.add(block);
            rows += block.rows();
            frames += shown;
        }
        total = rows;
    }

    /**
     * A row.
     *
     * @param sequence number of its message; of a fold, that of its first
     * @param fold that the row stands for
     * @param within the open fold that the message belongs to
     */
    record Place(long sequence, Optional<FoldView> fold, Optional<PollFold> within) {
        /** @param message the row of the message */
        RowView view(RowView message) {
            return fold.map(message::ofFold)
                    .or(() -> within.map(outer -> message.within(outer.first())))
                    .orElse(message);
        }
    }

    /** The rows of a stretch, from {@code start} on; {@code frames} of its messages are known. */
    private record Block(long start, Stretch stretch, long frames, boolean isOpen) {
        long rows() {
            return heads() + (isHidden() ? 0 : frames);
        }

        Place place(long row) {
            long inside = row - start - heads();
            return inside < 0
                    ? new Place(
                            stretch.first(), stretch.fold().map(fold -> FoldView.of(fold, isOpen)), Optional.empty())
                    : new Place(stretch.first() + inside, Optional.empty(), stretch.fold());
        }

        private int heads() {
            return stretch.fold().isPresent() ? 1 : 0;
        }

        private boolean isHidden() {
            return stretch.fold().isPresent() && !isOpen;
        }
    }

    long total() {
        return total;
    }

    List<Place> piece(long offset, int limit) {
        List<Place> places = new ArrayList<>();
        for (Block block : blocks) {
            long from = Math.max(offset, block.start());
            long to = Math.min(offset + limit, block.start() + block.rows());
            for (long row = from; row < to; row++) {
                places.add(block.place(row));
            }
        }
        return places;
    }
}
