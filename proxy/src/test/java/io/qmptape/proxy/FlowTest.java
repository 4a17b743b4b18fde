package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.qmptape.transport.Descriptors;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FlowTest {
    private final EmbeddedChannel source = new EmbeddedChannel();
    private final EmbeddedChannel sink = new EmbeddedChannel();
    private final Flow flow = new Flow(source, sink);
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void writesAtOnceAndLeavesTheCallerItsBuffer() {
        ByteBuf bytes = Unpooled.copiedBuffer("{}", StandardCharsets.UTF_8);

        flow.pass(bytes, Descriptors.none());

        ByteBuf written = sink.readOutbound();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(bytes.readableBytes()).isEqualTo(2);
        written.release();
        assertThat(bytes.release()).isTrue();
    }

    @Test
    void readsOnlyWhileTheSinkHasRoom() {
        setRoom(false);
        flow.regulate();
        assertThat(source.config().isAutoRead()).isFalse();

        setRoom(true);
        flow.regulate();
        assertThat(source.config().isAutoRead()).isTrue();
    }

    @Test
    void endsOnceWhenAllIsWritten() {
        flow.finish(ends::incrementAndGet);
        flow.finish(ends::incrementAndGet);
        source.runPendingTasks();
        sink.runPendingTasks();

        assertThat(flow.isOver()).isTrue();
        assertThat(ends).hasValue(1);
    }

    @Test
    void readsNoMoreFromASourceThatEnded() {
        flow.finish(ends::incrementAndGet);
        flow.regulate();

        assertThat(source.config().isAutoRead()).isFalse();
    }

    @Test
    void readsOnWhereTheSinkTakesNoMore() {
        setRoom(false);

        flow.breakOff();

        assertThat(flow.isOpen()).isFalse();
        assertThat(source.config().isAutoRead()).isTrue();
    }

    private void setRoom(boolean hasRoom) {
        sink.unsafe().outboundBuffer().setUserDefinedWritability(1, hasRoom);
    }
}
