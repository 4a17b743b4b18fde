package io.qmptape.store.ledger;

import io.qmptape.traffic.SessionId;

/**
 * What one reel holds of one session.
 *
 * @param bytes of its records
 * @param fromMillis when its first record here came onto the tape, milliseconds since 1970
 * @param toMillis when the last one came
 * @param head the session's hash chain after its last record here, as hex
 * @param isClosed whether the session ended here
 */
public record SessionPart(
        SessionId session,
        String machine,
        long records,
        long bytes,
        long fromMillis,
        long toMillis,
        String head,
        boolean isClosed) {}
