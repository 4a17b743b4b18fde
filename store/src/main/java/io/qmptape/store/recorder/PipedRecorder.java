package io.qmptape.store.recorder;

import io.qmptape.handover.Handover;
import io.qmptape.handover.HandoverInlet;
import io.qmptape.handover.Nap;
import io.qmptape.handover.ReceiptOutlet;
import io.qmptape.store.Tape;
import io.qmptape.traffic.CloseCause;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A recorder in a process of its own, at the end of pipes from the relay. Runs until the relay has no more to say, or died; what
 * that had sent is written then too. Owns its reel.
 */
public final class PipedRecorder {
    /** Receipts cost the relay something, and it can wait for them. */
    private static final long RECEIPTS_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private static final long SIGN_OF_LIFE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Exit code of a recorder that lost touch with its relay. */
    private static final int BROKEN = 70;

    private final RecorderWork work;
    private final HandoverInlet inlet;
    private final ReceiptOutlet outlet;
    private final Turns turns;
    private final long receiptsEveryNanos;
    private long toldAt = System.nanoTime();
    private boolean hasResumed;
    private boolean isNews;
    private boolean isCaredFor;

    private PipedRecorder(
            RecorderWork work, HandoverInlet inlet, ReceiptOutlet outlet, Turns turns, long receiptsEveryNanos) {
        this.receiptsEveryNanos = receiptsEveryNanos;
        this.turns = turns;
        this.work = work;
        this.inlet = inlet;
        this.outlet = outlet;
    }

    /**
     * What comes from the relay, and what goes back.
     *
     * @param isPrompt whether the relay waits for receipts: then nothing here naps while something is to be done
     */
    public record Pipes(InputStream in, OutputStream out, boolean isPrompt) {}

    /**
     * What others do at its turns.
     *
     * @param whenResumed run when sessions of a recorder that died are on the tape again, and would not be taken for lost
     * @param whenFailing run while the tape cannot be written, before anything is told
     */
    public record Turns(Runnable whenResumed, Runnable whenFailing) {}

    /**
     * Records until nothing more comes.
     *
     * @throws java.io.UncheckedIOException if this process cannot write reels
     */
    public static void run(Tape tape, Recorder.Means means, Pipes pipes, Turns turns) {
        tape.warmUp();
        Optional<Thread> woken = pipes.isPrompt() ? Optional.of(Thread.currentThread()) : Optional.empty();
        HandoverInlet inlet = new HandoverInlet(pipes.in(), PipedRecorder::die, woken);
        ReceiptOutlet outlet = new ReceiptOutlet(pipes.out());
        try (RecorderWork work = new RecorderWork(tape, means)) {
            PipedRecorder recorder =
                    new PipedRecorder(work, inlet, outlet, turns, pipes.isPrompt() ? 0 : RECEIPTS_EVERY_NANOS);
            inlet.start();
            outlet.ready();
            recorder.record();
        }
    }

    /** The relay lives, and its sessions go on: another recorder must take them over. */
    private static void die() {
        Runtime.getRuntime().halt(BROKEN);
    }

    private void record() {
        Nap.between(inlet::hasEnded, this::round);
        work.endAll(CloseCause.RELAY_DIED);
        outlet.send(work.receipts(), work.tally());
    }

    private boolean round() {
        boolean hadWork = drain();
        work.tick();
        care();
        tell();
        return hadWork;
    }

    private boolean drain() {
        boolean hadWork = false;
        for (Optional<Handover> next = inlet.poll(); next.isPresent(); next = inlet.poll()) {
            hadWork = true;
            isNews = true;
            work.take(next.get());
            hasResumed |= next.get() instanceof Handover.Resumed;
            tell();
        }
        return hadWork;
    }

    /** Not before the sessions to be gone on with are on a reel: whoever cares would take them for abandoned. */
    private void care() {
        if (hasResumed && !isCaredFor && !work.isFailing()) {
            isCaredFor = true;
            turns.whenResumed().run();
        }
    }

    private void tell() {
        if (work.isFailing()) {
            turns.whenFailing().run();
        }
        long now = System.nanoTime();
        // without news only a reel can have changed, and the relay waits for a sign of life
        long every = isNews ? receiptsEveryNanos : SIGN_OF_LIFE_NANOS;
        if (hasResumed && now - toldAt >= every) {
            toldAt = now;
            isNews = false;
            outlet.send(work.receipts(), work.tally());
        }
    }
}
