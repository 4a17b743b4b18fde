package io.qmptape.handover;

import io.qmptape.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recorder's process and the pipes to and from it: each thing that passes is its length, four octets, and so many octets. The
 * first that comes back is empty: the recorder is ready. Owns the process and a thread that reads the receipts.
 */
final class RecorderConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderConnection.class);
    static final int BUFFER_BYTES = 64 << 10;
    private static final int MAX_RECEIPT_BYTES = 64 << 10;

    private final Process process;
    private final Runnable whenHeard;
    private final DataOutputStream out;
    private final ConcurrentLinkedQueue<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader = new Thread(this::readAll, "qmptape-receipts");
    private volatile Tally tally = Tally.NONE;
    private volatile boolean hasTold;
    private volatile long heardAtNanos = System.nanoTime();
    private volatile boolean isReady;
    private volatile boolean hasEnded;
    private volatile boolean isKilled;

    /** @param whenHeard run behind each thing that came back, on the thread that reads */
    RecorderConnection(Process process, Runnable whenHeard) {
        this.process = process;
        this.whenHeard = whenHeard;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES));
        reader.setDaemon(true);
        reader.start();
    }

    /** @return false if it ended before it was ready */
    boolean awaitReady() throws InterruptedException {
        ready.await();
        return isReady;
    }

    boolean wasReady() {
        return isReady;
    }

    void send(Handover handover) throws IOException {
        HandoverCodec.write(handover, out);
    }

    void flush() throws IOException {
        out.flush();
    }

    Optional<Receipt> received() {
        return Optional.ofNullable(receipts.poll());
    }

    /** What it has counted, as it said last. Safe for all threads. */
    Tally tally() {
        return tally;
    }

    /** Safe for all threads. */
    boolean isThere() {
        return isReady && !hasEnded;
    }

    /** Whether it goes on with what the one before it has left. Safe for all threads. */
    boolean hasTakenOver() {
        return hasTold;
    }

    /** How long it has said nothing. Safe for all threads. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAtNanos);
    }

    /** Silence counts from now on. Safe for all threads. */
    void heard() {
        heardAtNanos = System.nanoTime();
    }

    /** Nothing more comes back: the process is gone, or as good as that. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** Says that nothing more comes, waits for what the recorder still does, and for its end. @return its exit code */
    int finish() throws IOException, InterruptedException {
        out.close();
        return await();
    }

    int await() throws InterruptedException {
        reader.join();
        return process.waitFor();
    }

    /** Safe for all threads. */
    void kill() {
        isKilled = true;
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    private void readAll() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES))) {
            while (true) {
                read(in);
            }
        } catch (EOFException end) {
            LOG.debug("the recorder sends no more");
        } catch (IOException | IllegalArgumentException e) {
            if (!isKilled) {
                LOG.warn("What the recorder says cannot be read", e);
            }
            kill();
        } finally {
            hasEnded = true;
            ready.countDown();
        }
    }

    private void take(Answer answer) {
        if (answer instanceof Receipt receipt) {
            receipts.add(receipt);
            whenHeard.run();
        } else if (answer instanceof Tally told) {
            tally = told;
            hasTold = true;
        }
    }

    private void read(DataInputStream in) throws IOException {
        int length = in.readInt();
        heard();
        if (length < 0 || length > MAX_RECEIPT_BYTES) {
            throw new IOException("a receipt of " + length + " bytes");
        } else if (length == 0) {
            isReady = true;
            ready.countDown();
        } else {
            take(HandoverCodec.decodeAnswer(Bytes.lend(in.readNBytes(length))));
        }
    }
}
