package io.qmptape.handover;

import io.qmptape.protocol.Bytes;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recorder's end of the pipe to the relay. Once that is gone, nobody hears, and nothing fails for it. One thread. */
public final class ReceiptOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptOutlet.class);

    /** So the relay knows that the recorder does not hang. */
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(1).toNanos();

    private final DataOutputStream out;
    private @Nullable Tally told;
    private long toldAtNanos;
    private boolean isDeaf;

    public ReceiptOutlet(OutputStream sink) {
        this.out = new DataOutputStream(new BufferedOutputStream(sink));
    }

    /** The recorder can record. */
    public void ready() {
        write(List.of(Bytes.EMPTY));
    }

    /** The tally goes only if it is another one than the last, or that was a while ago. The first says that sessions were taken over. */
    public void send(List<Receipt> receipts, Tally tally) {
        List<Answer> answers = new ArrayList<>(receipts);
        long now = System.nanoTime();
        if (!tally.equals(told) || now - toldAtNanos > HEARTBEAT_NANOS) {
            told = tally;
            toldAtNanos = now;
            answers.add(tally);
        }
        write(answers.stream().map(HandoverCodec::encode).toList());
    }

    private void write(List<Bytes> all) {
        if (isDeaf || all.isEmpty()) {
            return;
        }
        try {
            for (Bytes one : all) {
                out.writeInt(one.length());
                one.writeTo(out);
            }
            out.flush();
        } catch (IOException e) {
            LOG.debug("the relay does not hear any more", e);
            isDeaf = true;
        }
    }
}
