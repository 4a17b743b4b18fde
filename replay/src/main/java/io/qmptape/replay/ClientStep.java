package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.protocol.WhiteSpace;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;
import java.util.Optional;

/**
 * What a client sends: the recorded one is expected to, or a live one did.
 *
 * @param sequence of the recorded frame; 0 for a live one
 * @param json empty where the bytes are noise or unfinished
 * @param masked secrets that stand-ins stand for; spans into {@code bytes}
 */
record ClientStep(long sequence, FrameKind kind, Bytes bytes, Optional<Json> json, List<Masked> masked) {
    static ClientStep recorded(FrameRecorded recorded) {
        FrameKind kind = recorded.frame().kind();
        Bytes bytes = recorded.frame().bytes();
        Optional<Json> json =
                kind == FrameKind.MESSAGE ? JsonReader.read(bytes, Direction.CLIENT_TO_SERVER) : Optional.empty();
        return new ClientStep(recorded.sequence(), kind, bytes, json, recorded.masked());
    }

    static ClientStep live(Delimited frame) {
        return new ClientStep(0, frame.kind(), frame.bytes(), frame.json(), List.of());
    }

    Optional<Json> id() {
        return json.filter(Json.Obj.class::isInstance).flatMap(object -> ((Json.Obj) object).get("id"));
    }

    /** The bytes without the white space around them. */
    Bytes body() {
        int start = 0;
        int end = bytes.length();
        while (start < end && WhiteSpace.includes(bytes.at(start))) {
            start++;
        }
        while (end > start && WhiteSpace.includes(bytes.at(end - 1))) {
            end--;
        }
        return bytes.slice(start, end);
    }
}
