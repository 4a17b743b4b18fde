package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes the ids of a foreign recording's sessions from what they hold, so that the same session gets the same id each
 * time it is read, also out of a log that has grown meanwhile. Secrets are left out: an id must give nothing to guess
 * against. Two sessions of one recording that are the same in everything are told apart by their order.
 */
final class ContentIds {
    /** RFC 9562, version 8: a UUID made in a way of one's own. */
    private static final int VERSION_AND_VARIANT_BYTES = 16;

    private final Map<SessionId, MessageDigest> open = new HashMap<>();
    private final Map<SessionId, SessionId> ids = new HashMap<>();
    private final Set<SessionId> given = new HashSet<>();

    /** Takes the records of sessions that have ids of no meaning yet. */
    void add(SessionRecord record) {
        MessageDigest digest = open.computeIfAbsent(record.session(), id -> sha256());
        if (record instanceof Opened opened) {
            digest.update(numbers(opened.atNanos(), opened.clock().wall().getEpochSecond()));
            digest.update(opened.upstream().getBytes(StandardCharsets.UTF_8));
        } else if (record instanceof FrameRecorded recorded) {
            frame(digest, recorded);
        } else if (record instanceof Closed closed) {
            ids.put(closed.session(), unique(digest));
            open.remove(closed.session());
        }
    }

    SessionId of(SessionId placeholder) {
        SessionId made = ids.get(placeholder);
        if (made == null) {
            throw new IllegalArgumentException("session " + placeholder + " has not ended, so it has no id yet");
        }
        return made;
    }

    private static void frame(MessageDigest digest, FrameRecorded recorded) {
        Frame frame = recorded.frame();
        digest.update((byte) frame.direction().ordinal());
        digest.update(numbers(frame.completedAtNanos(), recorded.masked().size()));
        withoutSecrets(recorded).forEach(part -> digest.update(part.asReadOnlyBuffer()));
    }

    private static List<Bytes> withoutSecrets(FrameRecorded recorded) {
        Bytes bytes = recorded.frame().bytes();
        List<Bytes> parts = new ArrayList<>();
        int from = 0;
        for (Masked masked : recorded.masked()) {
            parts.add(bytes.slice(from, masked.span().start()));
            from = masked.span().end();
        }
        parts.add(bytes.from(from));
        return parts;
    }

    private static ByteBuffer numbers(long one, long other) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(one).putLong(other).flip();
    }

    private SessionId unique(MessageDigest digest) {
        byte[] hash = digest.digest();
        SessionId id = id(hash);
        while (!given.add(id)) {
            hash = sha256().digest(hash);
            id = id(hash);
        }
        return id;
    }

    private static SessionId id(byte[] hash) {
        ByteBuffer bits = ByteBuffer.wrap(hash, 0, VERSION_AND_VARIANT_BYTES);
        long high = bits.getLong() & ~0xF000L | 0x8000L;
        long low = bits.getLong() & ~(3L << 62) | 1L << 63;
        return new SessionId(new UUID(high, low));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
