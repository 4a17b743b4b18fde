package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.qmptape.transport.SocketFault;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For a client that listens: connects to it whenever there may be a monitor for it, one session at a time.
 *
 * <pre>
 *   idle --a monitor is there--> dialling --connected--> in session --ended--> pause --+
 *    ^                            |   ^                                                |
 *    |                            +---+ pause: nobody listens                          |
 *    +---------------------------------------------------------------------------------+
 * </pre>
 *
 * Its state is touched by its own loop only.
 */
final class Outreach {
    private static final Logger LOG = LoggerFactory.getLogger(Outreach.class);
    private static final int PAUSE_MILLIS = 200;

    private final SessionContext context;
    private final EventLoop loop;
    private boolean isIdle = true;
    private String told = "";

    Outreach(SessionContext context) {
        this.context = context;
        this.loop = context.loops().next();
    }

    /** To be called at the start, and whenever a monitor has come; safe for all threads. */
    void look() {
        loop.execute(() -> {
            if (isIdle) {
                isIdle = false;
                dial();
            }
        });
    }

    private void dial() {
        if (context.sessions().isStopping() || !context.monitors().mayBeThere()) {
            isIdle = true;
            return;
        }
        context.loops()
                .dial(
                        context.options().listen(),
                        loop,
                        context.options().patience(),
                        new ChannelInboundHandlerAdapter())
                .addListener((Future<Channel> answer) -> answered(answer));
    }

    private void answered(Future<Channel> answer) {
        if (answer.isSuccess()) {
            Channel client = answer.getNow();
            Session.begin(client, context).ended().thenRun(this::dialLater);
            client.config().setAutoRead(true);
        } else {
            tellOfDistrust(answer.cause());
            dialLater();
        }
    }

    /** That nobody listens yet is nothing to tell; this will not pass by itself. */
    private void tellOfDistrust(Throwable cause) {
        String words = SocketFault.words(cause);
        if (SocketFault.of(cause) == SocketFault.DISTRUST && !words.equals(told)) {
            told = words;
            LOG.warn(
                    "the client at {} cannot be connected to: {}",
                    context.options().listen().address(),
                    words);
        }
    }

    private void dialLater() {
        if (!context.sessions().isStopping()) {
            loop.schedule(this::dial, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
