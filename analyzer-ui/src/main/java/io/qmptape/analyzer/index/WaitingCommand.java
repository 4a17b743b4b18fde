package io.qmptape.analyzer.index;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command that waits for its reply, cut down to its name and id: enough to be paired after a restart. */
final class WaitingCommand {
    /** A name or id beyond this is not kept: its reply stays unpaired if the indexer restarts in between. */
    private static final int MAX_BYTES = 4096;

    private static final List<String> MEMBERS = List.of("execute", "exec-oob", "id");

    private WaitingCommand() {}

    static Optional<FrameRecorded> of(FrameRecorded recorded, Message message) {
        if (!recorded.frame().kind().isAnswered()) {
            return Optional.empty();
        }
        return brief(recorded.frame().bytes(), message).map(bytes -> {
            Frame frame = recorded.frame();
            List<Mark> marks = List.of(Mark.at(0, frame.completedAtNanos()));
            return new FrameRecorded(
                    recorded.session(),
                    new Frame(frame.sequence(), frame.direction(), frame.kind(), bytes, marks),
                    recorded.message(),
                    List.of(),
                    "",
                    List.of());
        });
    }

    private static Optional<Bytes> brief(Bytes bytes, Message message) {
        if (message instanceof Message.Command command) {
            return brief(bytes, command.json());
        } else if (message instanceof Message.Unrecognized unrecognized) {
            return unrecognized.json() instanceof Json.Obj object
                    ? brief(bytes, object)
                    : Optional.of(Bytes.utf8("{}"));
        }
        return Optional.of(Bytes.EMPTY);
    }

    private static Optional<Bytes> brief(Bytes bytes, Json.Obj object) {
        List<String> members = new ArrayList<>();
        for (String name : MEMBERS) {
            Optional<Json> value = object.get(name);
            if (value.isPresent()) {
                if (value.get().span().length() > MAX_BYTES) {
                    return Optional.empty();
                }
                members.add(
                        "\"" + name + "\":" + bytes.slice(value.get().span()).text());
            }
        }
        return Optional.of(Bytes.utf8("{" + String.join(",", members) + "}"));
    }
}
