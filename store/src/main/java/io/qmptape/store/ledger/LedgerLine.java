package io.qmptape.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.ledger.LedgerEntry.Begun;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerEntry.Sealed;
import io.qmptape.store.ledger.LedgerEntry.Unpinned;
import io.qmptape.traffic.SessionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * One line of the ledger. Its last member is its hash: SHA-256 over the hash of the line before and all that stands in
 * front of that member.
 *
 * @param number from 1
 * @param by the user who did it
 */
public record LedgerLine(long number, Instant at, String by, LedgerEntry entry, String hash) {
    /** Plain ASCII, so that characters are bytes. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String HASH = ",\"hash\":\"";
    private static final int HASH_DIGITS = 64;

    /** The line's text, without a line end, as it follows on {@code before}. */
    static String write(String before, long number, Instant at, LedgerEntry entry) {
        ObjectNode json = JSON.createObjectNode();
        json.put("n", number).put("at", at.toString()).put("by", System.getProperty("user.name", "?"));
        write(entry, json);
        String whole = text(json);
        String content = whole.substring(0, whole.length() - 1);
        return content + HASH + Sha256.of(before + content) + "\"}";
    }

    /**
     * @param before the hash of the line in front
     * @throws IllegalArgumentException what is wrong with the line
     * @throws NewerFormException if nothing is wrong with it, but it is not for this version to read
     */
    static LedgerLine read(String text, String before, long number) throws NewerFormException {
        int end = text.length() - HASH_DIGITS - 2;
        int at = end - HASH.length();
        if (at < 0 || !text.startsWith(HASH, at)) {
            throw new IllegalArgumentException("does not end in a hash");
        }
        String content = text.substring(0, at);
        String hash = Sha256.of(before + content);
        if (!text.equals(content + HASH + hash + "\"}")) {
            throw new IllegalArgumentException("does not follow on the line before, or was changed");
        }
        LedgerLine line = read(content + "}", hash);
        if (line.number != number) {
            throw new IllegalArgumentException("has the number " + line.number);
        }
        return line;
    }

    private static LedgerLine read(String content, String hash) throws NewerFormException {
        try {
            JsonNode json = JSON.readTree(content);
            return new LedgerLine(
                    SealFile.number(json, "n"),
                    Instant.parse(SealFile.text(json, "at")),
                    SealFile.text(json, "by"),
                    entry(json),
                    hash);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    private static String text(ObjectNode json) {
        try {
            // a node's own toString knows nothing of the mapper's ASCII
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }

    private static void write(LedgerEntry entry, ObjectNode json) {
        if (entry instanceof Sealed sealed) {
            json.put("sealed", sealed.reel()).put("seal", sealed.seal());
            json.put("sessions", sealed.sessions()).put("records", sealed.records());
        } else if (entry instanceof Removed removed) {
            json.put("removed", removed.reel()).put("why", removed.why()).put("into", removed.into());
            SealFile.putParts(json.putArray("sessions"), removed.removed());
        } else if (entry instanceof Pinned pinned) {
            json.put("pinned", pinned.session().toString());
        } else if (entry instanceof Unpinned unpinned) {
            json.put("unpinned", unpinned.session().toString());
        } else if (entry instanceof Begun begun) {
            json.put("begun", begun.head()).put("lines", begun.lines());
        }
    }

    private static LedgerEntry entry(JsonNode json) throws NewerFormException {
        if (json.has("sealed")) {
            return new Sealed(
                    SealFile.reelName(json, "sealed"),
                    SealFile.text(json, "seal"),
                    SealFile.number(json, "sessions"),
                    SealFile.number(json, "records"));
        } else if (json.has("removed")) {
            return new Removed(
                    SealFile.reelName(json, "removed"),
                    SealFile.text(json, "why"),
                    SealFile.text(json, "into"),
                    SealFile.parts(json.path("sessions")));
        } else if (json.has("pinned")) {
            return new Pinned(session(json, "pinned"));
        } else if (json.has("unpinned")) {
            return new Unpinned(session(json, "unpinned"));
        } else if (json.has("begun")) {
            return new Begun(SealFile.text(json, "begun"), SealFile.number(json, "lines"));
        }
        throw new NewerFormException("tells of something that this version of qmptape does not know: use a newer one");
    }

    private static SessionId session(JsonNode json, String name) {
        return new SessionId(UUID.fromString(SealFile.text(json, name)));
    }
}
