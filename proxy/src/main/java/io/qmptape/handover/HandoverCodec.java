package io.qmptape.handover;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.protocol.Bytes;
import io.qmptape.traffic.FieldReader;
import io.qmptape.traffic.FieldWriter;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The byte form of what passes between relay and recorder, in the terms of {@link TrafficCodec}. Both are of one version:
 * they are one program.
 *
 * <pre>
 *   Handover  kind 1
 *     1 Seen     rest: traffic
 *     2 Resumed  count 4, and for each: opened block, count 4 and as many reads as blocks, receipt block
 *   Answer    kind 1
 *     1 Receipt  rest: receipt
 *     2 Tally    taken nanos 8, failing 1, gaps 8, their bytes 8, messages counts, findings counts
 *
 *   receipt   session 16, items 8, safe place, unanswered 4, written place, reel text, over 1
 *
 *   counts    count 4, and for each: name text, how many 8
 *   place     sequence 8, client's bytes 8, server's bytes 8
 *   block     length 4, and so many bytes
 * </pre>
 */
final class HandoverCodec {
    private static final int SEEN = 1;
    private static final int RESUMED = 2;
    private static final int RECEIPT = 1;
    private static final int TALLY = 2;

    private HandoverCodec() {}

    /** Writes its length, four octets, and its byte form. */
    static void write(Handover handover, DataOutputStream out) throws IOException {
        if (handover instanceof Seen seen) {
            Bytes traffic = TrafficCodec.encode(seen.traffic());
            out.writeInt(1 + traffic.length());
            out.writeByte(SEEN);
            traffic.writeTo(out);
        } else if (handover instanceof Resumed resumed) {
            Bytes encoded = encode(resumed.sessions());
            out.writeInt(encoded.length());
            encoded.writeTo(out);
        }
    }

    private static Bytes encode(List<Unfinished> sessions) {
        FieldWriter out = new FieldWriter().one(RESUMED).four(sessions.size());
        sessions.forEach(session -> unfinished(out, session));
        return out.bytes();
    }

    /** @throws IllegalArgumentException if these bytes are none */
    static Handover decode(Bytes encoded) {
        FieldReader in = new FieldReader(encoded);
        int kind = in.one();
        return switch (kind) {
            case SEEN -> new Seen(TrafficCodec.decode(in.rest()));
            case RESUMED -> resumed(in);
            default -> throw new IllegalArgumentException("nothing of kind " + kind + " is handed over");
        };
    }

    static Bytes encode(Answer answer) {
        if (answer instanceof Receipt receipt) {
            return new FieldWriter().one(RECEIPT).rest(body(receipt)).bytes();
        }
        Tally tally = (Tally) answer;
        FieldWriter out = new FieldWriter().one(TALLY).eight(tally.takenNanos());
        out.one(tally.isFailing() ? 1 : 0).eight(tally.gaps()).eight(tally.gapBytes());
        counts(out, tally.messages());
        counts(out, tally.findings());
        return out.bytes();
    }

    /** @throws IllegalArgumentException if these bytes are none */
    static Answer decodeAnswer(Bytes encoded) {
        FieldReader in = new FieldReader(encoded);
        int kind = in.one();
        return switch (kind) {
            case RECEIPT -> receipt(in);
            case TALLY -> tally(in);
            default -> throw new IllegalArgumentException("no recorder answers anything of kind " + kind);
        };
    }

    private static Bytes body(Receipt receipt) {
        FieldWriter out = new FieldWriter().uuid(receipt.session().value()).eight(receipt.items());
        place(out, receipt.safe());
        out.four(receipt.unanswered());
        place(out, receipt.written());
        return out.text(receipt.reel()).one(receipt.isOver() ? 1 : 0).bytes();
    }

    private static Receipt receipt(FieldReader in) {
        Receipt receipt = new Receipt(
                new SessionId(in.uuid()), in.eight(), place(in), in.four(), place(in), in.text(), in.one() == 1);
        in.end();
        return receipt;
    }

    private static Tally tally(FieldReader in) {
        Tally tally = new Tally(in.eight(), in.one() == 1, in.eight(), in.eight(), counts(in), counts(in));
        in.end();
        return tally;
    }

    private static void counts(FieldWriter out, Map<String, Long> counts) {
        out.four(counts.size());
        counts.forEach((name, count) -> out.text(name).eight(count));
    }

    private static Map<String, Long> counts(FieldReader in) {
        Map<String, Long> counts = new HashMap<>();
        for (int left = in.count(); left > 0; left--) {
            counts.put(in.text(), in.eight());
        }
        return counts;
    }

    private static void unfinished(FieldWriter out, Unfinished session) {
        block(out, TrafficCodec.encode(session.opened()));
        out.four(session.prologue().size());
        session.prologue().forEach(read -> block(out, TrafficCodec.encode(read)));
        block(out, body(session.last()));
    }

    private static Resumed resumed(FieldReader in) {
        List<Unfinished> sessions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            Traffic.Opened opened = (Traffic.Opened) TrafficCodec.decode(in.bytes(in.count()));
            List<Traffic.Read> prologue = new ArrayList<>();
            for (int reads = in.count(); reads > 0; reads--) {
                prologue.add((Traffic.Read) TrafficCodec.decode(in.bytes(in.count())));
            }
            sessions.add(new Unfinished(opened, prologue, receipt(new FieldReader(in.bytes(in.count())))));
        }
        in.end();
        return new Resumed(sessions);
    }

    private static void block(FieldWriter out, Bytes bytes) {
        out.four(bytes.length()).rest(bytes);
    }

    private static void place(FieldWriter out, Standing place) {
        out.eight(place.sequence()).eight(place.clientBytes()).eight(place.serverBytes());
    }

    private static Standing place(FieldReader in) {
        return new Standing(in.eight(), in.eight(), in.eight());
    }
}
