package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import java.util.Optional;

/**
 * What the server sends.
 *
 * @param wire the message with the white space after it, and for the first one with that before it
 * @param after how many steps the client must have played before this goes out
 * @param answers the number of the client's step that this replies to, from 0
 */
record ServerStep(Bytes wire, int after, Optional<Answer> answers) {
    record Answer(int step, ReplyId id) {}

    /** @param live the id of the command that this answers, if it has one */
    Bytes bytes(Optional<Json> live) {
        return answers.map(answer -> answer.id().put(wire, live)).orElse(wire);
    }
}
