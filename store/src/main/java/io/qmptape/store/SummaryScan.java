package io.qmptape.store;

import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts records into one summary a session. One thread. */
public final class SummaryScan {
    private final Map<SessionId, Tally> tallies = new LinkedHashMap<>();

    public void add(SessionRecord record, long arrivedAtMillis) {
        if (record instanceof Opened opened) {
            tallies.put(opened.session(), new Tally(opened, arrivedAtMillis));
        } else if (record instanceof Continued continued) {
            tallies.computeIfAbsent(continued.session(), id -> new Tally(continued.opened(), arrivedAtMillis));
        }
        Tally tally = tallies.get(record.session());
        if (tally != null) {
            tally.count(record);
        }
    }

    /** What was counted of records that stand behind those that came before. */
    public void add(SessionSummary counted) {
        tallies.computeIfAbsent(counted.id(), id -> new Tally(counted.opened(), counted.arrivedAtMillis()))
                .add(counted);
    }

    /** In the order of arrival. */
    public List<SessionSummary> summaries() {
        return tallies.values().stream()
                .map(Tally::summary)
                .sorted(Comparator.comparingLong(SessionSummary::arrivedAtMillis))
                .toList();
    }

    public Optional<SessionSummary> summary(SessionId id) {
        return Optional.ofNullable(tallies.get(id)).map(Tally::summary);
    }

    private static final class Tally {
        private final Opened opened;
        private final long arrivedAtMillis;
        private String qemuVersion = "";
        private long frames;
        private long errors;
        private long findings;
        private long masked;
        private long gaps;
        private long lastNanos;
        private @Nullable CloseCause cause;

        Tally(Opened opened, long arrivedAtMillis) {
            this.opened = opened;
            this.arrivedAtMillis = arrivedAtMillis;
            this.lastNanos = opened.atNanos();
        }

        void count(SessionRecord record) {
            lastNanos = Math.max(lastNanos, record.atNanos());
            if (record instanceof FrameRecorded frame) {
                count(frame);
            } else if (record instanceof Gap) {
                gaps++;
            } else if (record instanceof Closed closed) {
                cause = closed.cause();
            }
        }

        void add(SessionSummary counted) {
            frames += counted.frames();
            errors += counted.errors();
            findings += counted.findings();
            masked += counted.masked();
            gaps += counted.gaps();
            lastNanos =
                    Math.max(lastNanos, opened.atNanos() + counted.duration().toNanos());
            qemuVersion = counted.qemuVersion().isEmpty() ? qemuVersion : counted.qemuVersion();
            cause = counted.cause().orElse(cause);
        }

        private void count(FrameRecorded recorded) {
            frames++;
            errors += recorded.message() == MessageKind.FAILURE ? 1 : 0;
            findings += recorded.findings().size();
            masked += recorded.masked().size();
            if (recorded.message() == MessageKind.GREETING && recorded.read() instanceof Message.Greeting greeting) {
                qemuVersion = greeting.version().orElse("");
            }
        }

        SessionSummary summary() {
            return new SessionSummary(
                    opened,
                    arrivedAtMillis,
                    qemuVersion,
                    frames,
                    errors,
                    findings,
                    masked,
                    gaps,
                    Duration.ofNanos(lastNanos - opened.atNanos()),
                    Optional.ofNullable(cause));
        }
    }
}
