package io.qmptape.store.transcript;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.util.Locale;
import java.util.OptionalLong;

/** The first line of a transcript: who talked to whom, when. */
final class Header {
    static final String MARK = "qmptape";
    static final String VERSION = "transcript 1";

    private Header() {}

    static ObjectNode of(Opened opened) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(MARK, VERSION).put("session", opened.session().toString());
        line.put("opened", opened.clock().wall().toString())
                .put("nanos", opened.clock().nanos());
        line.put("boot", opened.clock().boot());
        Machine machine = opened.machine();
        ObjectNode life = line.putObject("machine").put("name", machine.name());
        life.put("by", machine.knownBy().name().toLowerCase(Locale.ROOT));
        put(life, "uuid", machine.uuid());
        put(life, "pid", machine.pid());
        put(life, "start", machine.startTicks());
        peer(line.putObject("client"), opened.client());
        peer(line.putObject("server"), opened.server());
        line.put("listen", opened.listen()).put("upstream", opened.upstream());
        put(line, "key", opened.key());
        return line.put("origin", opened.origin());
    }

    static Opened read(Fields line) {
        if (!line.text(MARK).equals(VERSION)) {
            throw line.fault("this is '" + line.text(MARK) + "', and this qmptape reads '" + VERSION + "'");
        }
        ClockPair clock = new ClockPair(line.number("nanos"), line.instant("opened"), line.text("boot"));
        Fields life = line.object("machine");
        Machine machine = new Machine(
                life.text("name"),
                life.word("by", Machine.KnownBy.values()),
                life.textOr("uuid", ""),
                life.optionalNumber("pid"),
                life.optionalNumber("start"));
        return new Opened(
                new SessionId(line.uuid("session")),
                clock,
                machine,
                peer(line.object("client")),
                peer(line.object("server")),
                line.text("listen"),
                line.text("upstream"),
                line.textOr("key", ""),
                line.text("origin"));
    }

    private static void peer(ObjectNode node, Peer peer) {
        put(node, "address", peer.address());
        put(node, "pid", peer.pid());
        put(node, "uid", peer.uid());
        put(node, "gid", peer.gid());
        put(node, "command", peer.command());
    }

    private static Peer peer(Fields node) {
        return new Peer(
                node.textOr("address", ""),
                node.optionalNumber("pid"),
                node.optionalNumber("uid"),
                node.optionalNumber("gid"),
                node.textOr("command", ""));
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
        value.ifPresent(number -> node.put(name, number));
    }
}
