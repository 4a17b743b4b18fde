package io.qmptape.handover;

import io.qmptape.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recorder's end of the pipe from the relay. Reads ahead, not far, on a thread of its own. */
public final class HandoverInlet {
    private static final Logger LOG = LoggerFactory.getLogger(HandoverInlet.class);
    private static final int AHEAD = 512;

    private final InputStream source;
    private final Runnable whenBroken;
    private final Optional<Thread> woken;
    private final BlockingQueue<Handover> read = new LinkedBlockingQueue<>(AHEAD);
    private volatile boolean hasEnded;

    /**
     * @param whenBroken run where what comes cannot be read any more, though the relay is there
     * @param woken is woken from its {@link Nap} when something has come; empty for nobody
     */
    public HandoverInlet(InputStream source, Runnable whenBroken, Optional<Thread> woken) {
        this.woken = woken;
        this.source = source;
        this.whenBroken = whenBroken;
    }

    public void start() {
        Thread thread = new Thread(this::readAll, "qmptape-inlet");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does not wait. */
    public Optional<Handover> poll() {
        return Optional.ofNullable(read.poll());
    }

    /** Whether nothing more will come: what was polled before may not have been the last. */
    public boolean hasEnded() {
        return hasEnded;
    }

    private void readAll() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(source, RecorderConnection.BUFFER_BYTES))) {
            while (true) {
                int length = in.readInt();
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException();
                }
                read.put(HandoverCodec.decode(Bytes.lend(bytes)));
                woken.ifPresent(LockSupport::unpark);
            }
        } catch (EOFException end) {
            hasEnded = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hasEnded = true;
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("What the relay sends cannot be read", e);
            whenBroken.run();
        }
    }
}
