package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.care.Packing;
import io.qmptape.store.care.Pruning;
import io.qmptape.store.care.Recovery;
import io.qmptape.traffic.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cares for a tape while it is recorded on: puts in order what dead recorders left, keeps the tape within its limits, and
 * packs what is old; at the start and then each minute. What goes wrong is told once and tried again. Owns its thread.
 */
final class Caretaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Tape tape;
    private final TapeCare rules;
    private final Packing packing;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "qmptape-caretaker");
    private boolean hasFailed;

    Caretaker(Tape tape, TapeCare rules, Clock clock) {
        this.tape = tape;
        this.rules = rules;
        this.packing = new Packing(tape);
        this.clock = clock;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for what is being done, and puts in order once more: what failed while it was recorded is not sealed yet. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                careFaultlessly();
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
            careFaultlessly();
        } catch (InterruptedException e) {
            LOG.debug("the caretaker was interrupted");
        }
    }

    private void careFaultlessly() {
        try {
            care();
            hasFailed = false;
        } catch (RuntimeException | InternalError e) {
            if (!hasFailed) {
                LOG.warn("The tape {} could not be cared for: {}", tape.directory(), e.getMessage());
            }
            hasFailed = true;
        }
    }

    private void care() {
        Recovery.Recovered recovered = Recovery.of(tape, clock);
        if (!recovered.sessions().isEmpty()) {
            LOG.info(
                    "{} sessions of recorders that died are closed now",
                    recovered.sessions().size());
        }
        if (!rules.limits().limitNothing()) {
            int cuts = Pruning.of(tape, rules.limits(), clock.pair().wall()).size();
            if (cuts > 0) {
                LOG.info("The oldest of the tape went from {} reels", cuts);
            }
        }
        rules.packAfter().ifPresent(this::pack);
    }

    /** One reel after the other, so that nobody waits long for the end of this, nor for the tape. */
    private void pack(Duration sealedFor) {
        List<String> due = packing.due(sealedFor, clock.pair().wall());
        for (String reel : due) {
            if (closed.getCount() == 0) {
                return;
            }
            if (packing.pack(reel).isEmpty()) {
                LOG.warn("The reel {} is not what was sealed and stays as it is; qmptape verify tells more", reel);
            }
        }
    }
}
