package io.qmptape.store.recorder;

import io.qmptape.handover.Handover;
import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.handover.Receipt;
import io.qmptape.handover.Standing;
import io.qmptape.handover.Tally;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a recorder does with what it is handed, wherever that comes from. Whatever happens, it goes on: nobody else would notice
 * its end. Owns its reel; one thread.
 */
final class RecorderWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderWork.class);
    /** A wall clock that moves this much against the monotonic one was stepped, not disciplined. */
    private static final Duration STEP = Duration.ofMillis(500);

    private final Tape tape;
    private final TapeFeed feed;
    private final Counts counts = new Counts();
    private final LossLog losses = new LossLog();
    private final Scribes scribes;
    private final Clock clock;
    private final long clockEveryNanos;
    /** Their ends were seen, and may not be on the tape yet. */
    private final Set<SessionId> ended = new LinkedHashSet<>();

    /** The last receipt of each session that is open. */
    private final Map<SessionId, Receipt> told = new HashMap<>();

    private ClockPair lastPair;

    RecorderWork(Tape tape, Recorder.Means means) {
        this.tape = tape;
        this.clock = means.clock();
        this.clockEveryNanos = means.options().clockEvery().toNanos();
        this.lastPair = clock.pair();
        this.feed = new TapeFeed(tape, clock, means.options(), counts);
        this.scribes = Scribes.writing(means.judging(), means.redaction(), this::append);
    }

    void take(Handover handover) {
        if (handover instanceof Seen seen) {
            record(seen.traffic());
            counts.took(seen.traffic().atNanos());
        } else if (handover instanceof Resumed resumed) {
            resume(resumed);
        }
    }

    /** Does what is due although nothing comes. */
    void tick() {
        try {
            watchClock();
        } catch (InternalError e) {
            feed.broke(e);
        } catch (RuntimeException e) {
            LOG.error("The clock's time is not on the tape", e);
        }
        losses.tick(clock.nanos());
        feed.tick();
    }

    /** For each session that has got on since the last time. */
    List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>();
        for (Reached reached : scribes.reached()) {
            feed.receipt(reached)
                    .filter(receipt -> !receipt.equals(told.put(receipt.session(), receipt)))
                    .ifPresent(receipts::add);
        }
        List<SessionId> over =
                ended.stream().filter(session -> !feed.isOpen(session)).toList();
        over.forEach(session -> {
            ended.remove(session);
            told.remove(session);
            receipts.add(Receipt.over(session));
        });
        return receipts;
    }

    Tally tally() {
        return counts.tally(feed.isFailing());
    }

    /** Sessions that are open end here. */
    void endAll(CloseCause cause) {
        for (SessionId session : scribes.open()) {
            record(new Traffic.Closed(session, clock.nanos(), cause));
        }
    }

    /** Safe for all threads. */
    boolean isFailing() {
        return feed.isFailing();
    }

    @Override
    public void close() {
        losses.tell(clock.nanos());
        feed.close();
    }

    /** An error in one session's record must not end the recording of the others. */
    private void record(Traffic traffic) {
        try {
            write(traffic);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.error("Session {} cannot be recorded further", traffic.session(), e);
            scribes.drop(traffic.session());
            feed.drop(traffic.session());
            ended.add(traffic.session());
        } catch (InternalError e) {
            feed.broke(e);
        }
    }

    private void write(Traffic traffic) {
        if (traffic instanceof Traffic.Opened opened) {
            scribes.open(opened, Opened.RECORDED);
            return;
        }
        if (traffic instanceof Traffic.Closed) {
            ended.add(traffic.session());
        }
        if (traffic instanceof Traffic.Lost lost) {
            losses.lost(lost, clock.nanos());
        }
        scribes.accept(traffic);
    }

    private void append(SessionRecord record, Standing behind) {
        counts.made(record);
        feed.append(record, behind);
    }

    private void resume(Resumed resumed) {
        Map<SessionId, OnTape> found = Resumption.of(tape, resumed);
        List<SessionProgress> progresses = new ArrayList<>();
        for (Unfinished session : resumed.sessions()) {
            SessionId id = session.opened().session();
            OnTape onTape = found.getOrDefault(id, OnTape.nothing());
            if (onTape.isOver()) {
                ended.add(id);
            } else if (onTape.isEmpty() && session.last().equals(Receipt.none(id))) {
                scribes.open(session.opened(), Opened.RECORDED);
            } else {
                progresses.add(SessionProgress.resumed(
                        scribes.record(session.opened(), Opened.RECORDED), onTape, session.last()));
                scribes.resume(session, onTape, behind -> feed.known(id, behind));
            }
        }
        feed.resume(progresses);
    }

    private void watchClock() {
        long now = clock.nanos();
        if (now - lastPair.nanos()
                < Math.min(clockEveryNanos, Duration.ofSeconds(1).toNanos())) {
            return;
        }
        ClockPair pair = clock.pair();
        Duration drift =
                Duration.between(lastPair.wallAt(pair.nanos()), pair.wall()).abs();
        if (drift.compareTo(STEP) > 0 || now - lastPair.nanos() >= clockEveryNanos) {
            feed.clockRead(pair);
            lastPair = pair;
        }
    }
}
