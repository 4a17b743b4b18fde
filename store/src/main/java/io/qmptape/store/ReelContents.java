package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.SessionId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reel holds of each session, and the heads of their hash chains, counted while its records are written or read. One thread. */
public final class ReelContents {
    private final Map<SessionId, Tally> tallies = new LinkedHashMap<>();
    private long torn;

    /** The head of a session's chain so far; its beginning if there is no record yet. */
    public Bytes head(SessionId session) {
        Tally tally = tallies.get(session);
        return tally == null ? HashChain.begin(session).head() : tally.chain.head();
    }

    /** In the order of their first records. */
    public List<SessionPart> parts() {
        return tallies.values().stream().map(Tally::part).toList();
    }

    /** Entries that are no whole record. */
    public long torn() {
        return torn;
    }

    public void addTorn() {
        torn++;
    }

    public void add(Bytes bytes, SessionRecord record, long arrivedAtMillis) {
        tallies.computeIfAbsent(record.session(), id -> new Tally(id, arrivedAtMillis))
                .add(bytes, record, arrivedAtMillis);
    }

    private static final class Tally {
        private final SessionId session;
        private final HashChain chain;
        private final long fromMillis;
        private String machine = "";
        private long records;
        private long bytes;
        private long toMillis;
        private boolean isClosed;

        Tally(SessionId session, long fromMillis) {
            this.session = session;
            this.chain = HashChain.begin(session);
            this.fromMillis = fromMillis;
        }

        void add(Bytes added, SessionRecord record, long arrivedAtMillis) {
            chain.add(added);
            records++;
            bytes += added.length();
            toMillis = Math.max(toMillis, arrivedAtMillis);
            isClosed |= record instanceof SessionRecord.Closed;
            if (record instanceof SessionRecord.Opened opened) {
                machine = opened.machine().name();
            } else if (record instanceof SessionRecord.Continued continued) {
                machine = continued.opened().machine().name();
            }
        }

        SessionPart part() {
            String head = HexFormat.of().formatHex(chain.head().toArray());
            return new SessionPart(session, machine, records, bytes, fromMillis, toMillis, head, isClosed);
        }
    }
}
