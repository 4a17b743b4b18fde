package io.qmptape.handover;

import io.qmptape.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a session began: without the greeting and what was negotiated, what comes later cannot be judged. Empty if it began at
 * such length that it is not worth keeping. One thread.
 */
final class Prologue {
    /** Greeting, negotiation and its reply. */
    private static final int FRAMES = 3;

    private static final int MAX_BYTES = 64 << 10;

    private final List<KeptItem> items = new ArrayList<>();
    private boolean isOver;
    private int bytes;

    void add(KeptItem item) {
        if (isOver) {
            return;
        }
        if (item.traffic() instanceof Traffic.Read read) {
            bytes += read.bytes().length();
            items.add(item);
        }
        if (bytes > MAX_BYTES || item.traffic() instanceof Traffic.Lost) {
            isOver = true;
            items.clear();
        }
    }

    void reached(Standing safe) {
        if (!isOver && safe.sequence() >= FRAMES) {
            isOver = true;
            items.removeIf(item -> item.before(safe).isEmpty());
        }
    }

    /** Of what was kept, what lies in front of a safe place. */
    List<Traffic.Read> before(Standing safe) {
        return items.stream()
                .map(item -> item.before(safe))
                .flatMap(Optional::stream)
                .toList();
    }
}
