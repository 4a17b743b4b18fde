package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Layout;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.QemuPrinter;
import io.qmptape.protocol.Span;
import java.util.List;
import java.util.Optional;

/** Where a recorded reply has, or would have, its id. All other bytes of it stay as they are. */
sealed interface ReplyId {
    /** The reply with the id of the live command, or without one if that has none. */
    Bytes put(Bytes reply, Optional<Json> live);

    static ReplyId of(Bytes wire, Message reply) {
        Json.Obj json = reply instanceof Message.Success success ? success.json() : ((Message.Failure) reply).json();
        List<Json.Member> members = json.members();
        Layout layout = Layout.of(wire, json);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals("id")) {
                return new Present(members.get(i).value(), memberWithSeparator(members, i), layout);
            }
        }
        return reply instanceof Message.Success
                ? new Last(members.get(members.size() - 1).value().span().end(), layout)
                : new First(members.get(0).nameSpan().start(), layout);
    }

    private static Span memberWithSeparator(List<Json.Member> members, int index) {
        Json.Member own = members.get(index);
        if (index > 0) {
            return new Span(
                    members.get(index - 1).value().span().end(),
                    own.value().span().end());
        }
        boolean isAlone = members.size() == 1;
        return new Span(
                own.nameSpan().start(),
                isAlone ? own.value().span().end() : members.get(1).nameSpan().start());
    }

    /** @param member with the separator that belongs to it */
    record Present(Json recorded, Span member, Layout layout) implements ReplyId {
        @Override
        public Bytes put(Bytes reply, Optional<Json> live) {
            return live.map(id -> exchange(reply, id)).orElseGet(() -> reply.splice(member, Bytes.EMPTY));
        }

        private Bytes exchange(Bytes reply, Json id) {
            String printed = QemuPrinter.print(id, layout, 1);
            boolean isRecorded = printed.equals(QemuPrinter.print(recorded, layout, 1));
            return isRecorded ? reply : reply.splice(recorded.span(), Bytes.utf8(printed));
        }
    }

    /** No id was recorded, and a success has it after its last member. */
    record Last(int at, Layout layout) implements ReplyId {
        @Override
        public Bytes put(Bytes reply, Optional<Json> live) {
            return live.map(id -> layout.separator(1) + "\"id\": " + QemuPrinter.print(id, layout, 1))
                    .map(text -> reply.splice(new Span(at, at), Bytes.utf8(text)))
                    .orElse(reply);
        }
    }

    /** No id was recorded, and a failure has it before its first member. */
    record First(int at, Layout layout) implements ReplyId {
        @Override
        public Bytes put(Bytes reply, Optional<Json> live) {
            return live.map(id -> "\"id\": " + QemuPrinter.print(id, layout, 1) + layout.separator(1))
                    .map(text -> reply.splice(new Span(at, at), Bytes.utf8(text)))
                    .orElse(reply);
        }
    }
}
