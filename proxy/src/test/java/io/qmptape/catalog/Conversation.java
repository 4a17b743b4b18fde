package io.qmptape.catalog;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import java.util.ArrayList;
import java.util.List;

/** Test kit: a session written down as what each side says, judged as it goes. */
final class Conversation {
    private final Validator validator;
    private final FrameSplitter client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
    private final FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private long sequence;

    Conversation() {
        this(Catalog.bundled());
    }

    Conversation(Catalog catalog) {
        validator = new Validator(catalog);
    }

    /** A frame with what was found in it. */
    record Judged(Frame frame, Message message, List<Finding> findings) {}

    /** A server of this version has greeted. */
    static Conversation with(String version) {
        Conversation conversation = new Conversation();
        String[] part = version.split("\\.", -1);
        conversation.serverSays("{'QMP': {'version': {'qemu': {'micro': " + part[2] + ", 'minor': " + part[1]
                + ", 'major': " + part[0] + "}, 'package': ''}, 'capabilities': "
                + (Integer.parseInt(part[0]) > 2 ? "['oob']" : "[]") + "}}");
        return conversation;
    }

    /** … and capabilities were negotiated. */
    static Conversation negotiatedWith(String version) {
        Conversation conversation = with(version);
        conversation.clientSays("{'execute': 'qmp_capabilities'}");
        conversation.serverSays("{'return': {}}");
        return conversation;
    }

    List<Finding> clientSays(String text) {
        return findings(hear(Direction.CLIENT_TO_SERVER, Bytes.utf8(text)));
    }

    List<Finding> serverSays(String text) {
        return findings(hear(Direction.SERVER_TO_CLIENT, Bytes.utf8(text.replace('\'', '"'))));
    }

    /** The rules that fired. */
    List<String> clientBreaks(String text) {
        return clientSays(text).stream().map(Finding::rule).toList();
    }

    List<String> serverBreaks(String text) {
        return serverSays(text).stream().map(Finding::rule).toList();
    }

    List<Judged> hear(Direction direction, Bytes bytes) {
        List<Judged> judged = new ArrayList<>();
        FrameSplitter splitter = direction == Direction.CLIENT_TO_SERVER ? client : server;
        splitter.accept(bytes, sequence, List.of(), cut -> judged.add(judge(direction, cut)));
        return judged;
    }

    List<Judged> end(Direction direction) {
        List<Judged> judged = new ArrayList<>();
        FrameSplitter splitter = direction == Direction.CLIENT_TO_SERVER ? client : server;
        splitter.finish(cut -> judged.add(judge(direction, cut)));
        return judged;
    }

    private Judged judge(Direction direction, Delimited cut) {
        Frame frame = cut.numbered(++sequence, direction);
        Message message = Message.of(frame);
        return new Judged(frame, message, validator.judge(frame, message));
    }

    private static List<Finding> findings(List<Judged> judged) {
        return judged.stream().flatMap(each -> each.findings().stream()).toList();
    }
}
