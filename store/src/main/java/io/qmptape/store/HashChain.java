package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.files.Sha256;
import io.qmptape.traffic.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The hash chain of one session: the head is SHA-256 over the head before it and the bytes of the next record, beginning
 * with the session's id. One thread.
 */
final class HashChain {
    private final MessageDigest digest;
    private byte[] head;

    private HashChain(byte[] head) {
        this.digest = Sha256.digest();
        this.head = head;
    }

    static HashChain begin(SessionId session) {
        return new HashChain(Sha256.digest().digest(session.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    Bytes head() {
        return Bytes.copyOf(head);
    }

    void add(Bytes record) {
        digest.update(head);
        record.into(digest::update);
        head = digest.digest();
    }
}
