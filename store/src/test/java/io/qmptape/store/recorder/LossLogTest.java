package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LossLogTest {
    private static final long EVERY = LossLog.EVERY.toNanos();

    private final Logger logger = (Logger) LoggerFactory.getLogger(LossLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LossLog log = new LossLog();
    private final SessionId one = SessionId.random();
    private final SessionId other = SessionId.random();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void tellsOfAFloodInALineAtItsBeginningAndOneWithTheSums() {
        for (int i = 0; i < 600; i++) {
            log.lost(lost(i % 2 == 0 ? one : other, 100), i);
            log.tick(i);
        }
        assertThat(warnings()).containsExactly(line(100, 1, 1));

        log.tick(EVERY);
        assertThat(warnings()).containsExactly(line(100, 1, 1), line(59_900, 599, 2));
    }

    @Test
    void tellsOfOneThatLastsNowAndThen() {
        for (int second = 0; second < 25; second++) {
            log.lost(lost(one, 10), second * EVERY / 10);
        }
        assertThat(warnings()).containsExactly(line(10, 1, 1), line(100, 10, 1), line(100, 10, 1));

        log.tell(3 * EVERY);
        assertThat(warnings()).endsWith(line(40, 4, 1)).hasSize(4);
    }

    @Test
    void tellsAtOnceOfTheNextOne() {
        log.lost(lost(one, 10), 0);
        log.tick(EVERY);
        log.tick(2 * EVERY);
        log.lost(lost(other, 20), 2 * EVERY + 1);

        assertThat(warnings()).containsExactly(line(10, 1, 1), line(20, 1, 1));
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static String line(long bytes, long gaps, int sessions) {
        return bytes + " bytes came faster than they could be recorded: " + gaps + " gaps in " + sessions + " sessions";
    }

    private static Traffic.Lost lost(SessionId session, long bytes) {
        return new Traffic.Lost(session, Direction.SERVER_TO_CLIENT, 0, bytes, 0, 0);
    }
}
