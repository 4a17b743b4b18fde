package io.qmptape.store.redaction;

import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.util.ArrayList;
import java.util.List;

/** Test kit: a session that passes a redactor. A text without double quotes may use single ones; SECRET stands for {@link #SECRET}. */
final class Listening {
    static final String SECRET = "hunter2-correct-horse";

    private final Redactor redactor;
    private final Pairing pairing = new Pairing();
    private long sequence;

    Listening(Redaction redaction) {
        this.redactor = new Redactor(redaction);
    }

    static Bytes bytes(String text) {
        String quoted = text.indexOf('"') >= 0 ? text : text.replace('\'', '"');
        return Bytes.utf8(quoted.replace("SECRET", SECRET));
    }

    List<Redacted> all(Direction direction, String text) {
        List<Redacted> all = new ArrayList<>();
        FrameSplitter splitter = new FrameSplitter(direction);
        splitter.accept(bytes(text), 1, List.of(), cut -> all.add(passed(cut, direction)));
        splitter.finish(cut -> all.add(passed(cut, direction)));
        return all;
    }

    Redacted client(String text) {
        return all(Direction.CLIENT_TO_SERVER, text).get(0);
    }

    Redacted server(String text) {
        return all(Direction.SERVER_TO_CLIENT, text).get(0);
    }

    static String text(Redacted redacted) {
        return redacted.frame().bytes().text();
    }

    Redactor redactor() {
        return redactor;
    }

    private Redacted passed(Delimited cut, Direction direction) {
        Frame frame = cut.numbered(++sequence, direction);
        Message message = Message.of(direction, cut.json());
        return redactor.redact(frame, message, pairing.accept(frame, message));
    }
}
