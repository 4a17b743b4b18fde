package io.qmptape.handover;

import io.qmptape.protocol.Direction;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the event loops and whoever records, bounded by the bytes that were put and not released. What does not fit is
 * counted, a gap a session and direction, and told before the next thing that does fit. Many threads put, one takes; for one
 * session one thread puts.
 */
public final class TrafficQueue {
    /** What a value costs beside its bytes. */
    private static final int OVERHEAD_BYTES = 128;

    private static final Logger LOG = LoggerFactory.getLogger(TrafficQueue.class);

    private final long maxBytes;
    private final AtomicBoolean isLosing = new AtomicBoolean();
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentLinkedQueue<Traffic> queue = new ConcurrentLinkedQueue<>();
    private final Map<SessionId, Backlog> backlogs = new ConcurrentHashMap<>();

    public TrafficQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Never blocks. Openings and closings always fit: they are few, and without them nothing else makes sense. */
    public void put(Traffic traffic) {
        Backlog backlog = backlogs.computeIfAbsent(traffic.session(), id -> new Backlog());
        if (traffic instanceof Traffic.Read read) {
            backlog.put(read);
            return;
        }
        backlog.tellGaps();
        add(traffic);
        if (traffic instanceof Traffic.Closed) {
            backlogs.remove(traffic.session());
        }
    }

    public Optional<Traffic> take() {
        return Optional.ofNullable(queue.poll());
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Makes room: what cost so much is needed no more. Safe for all threads. */
    public void release(long cost) {
        if (held.addAndGet(-cost) < maxBytes / 2) {
            isLosing.set(false);
        }
    }

    /** Again only after there was plenty of room. */
    private void warnOnce() {
        if (!isLosing.getAndSet(true)) {
            LOG.warn(
                    "What passes is not recorded now: the recorder does not keep up, and {} bytes wait for it",
                    maxBytes);
        }
    }

    /** What was put and not released. Safe for all threads. */
    public long heldBytes() {
        return held.get();
    }

    private void add(Traffic traffic) {
        held.addAndGet(cost(traffic));
        queue.add(traffic);
    }

    /** How much room something takes. */
    public static long cost(Traffic traffic) {
        return OVERHEAD_BYTES
                + (traffic instanceof Traffic.Read read ? read.bytes().length() : 0);
    }

    /** What one session has put, and what of it did not fit. Touched by that session's thread only. */
    private final class Backlog {
        private final Map<Direction, Long> position = new EnumMap<>(Direction.class);
        private final Map<Direction, Traffic.Lost> lost = new EnumMap<>(Direction.class);

        void put(Traffic.Read read) {
            long from = position.merge(read.direction(), (long) read.bytes().length(), Long::sum)
                    - read.bytes().length();
            if (held.get() + cost(read) > maxBytes) {
                lost.merge(read.direction(), gap(read, from), Traffic.Lost::and);
                warnOnce();
            } else {
                tellGaps();
                add(read);
            }
        }

        void tellGaps() {
            lost.values().forEach(TrafficQueue.this::add);
            lost.clear();
        }

        private static Traffic.Lost gap(Traffic.Read read, long from) {
            return new Traffic.Lost(
                    read.session(), read.direction(), from, read.bytes().length(), read.atNanos(), read.atNanos());
        }
    }
}
