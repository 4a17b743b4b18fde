package io.qmptape.analyzer.web;

import io.qmptape.analyzer.diff.DiffRow;
import io.qmptape.analyzer.diff.MemberChange;
import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.conversation.Exchange;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.traffic.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests serve: real traffic, hostile traffic, a long session, an empty one. */
final class Scene {
    static final String BLOCK_JOBS = "a60f22b1-0000-4000-8000-000000000001";
    static final String BLOCK_JOBS_AGAIN = "a60f22b2-0000-4000-8000-000000000002";
    static final String LONG = "3705c0ee-0000-4000-8000-000000000003";
    static final String HOSTILE = "66600000-0000-4000-8000-000000000004";
    static final int LONG_MESSAGES = 40_000;
    static final String SCRIPT = "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>";
    static final String BIDI = "disk\u202Egpj.exe\u2066";

    private Scene() {}

    static Recordings all() {
        IndexInMemory index = new IndexInMemory()
                .add(blockJobs(BLOCK_JOBS, "2026-11-22T13:59:34Z"))
                .add(blockJobs(BLOCK_JOBS_AGAIN, "2026-11-22T13:59:39Z"))
                .add(play("f-qga-1", "e1047b3a-0000-4000-8000-000000000005", "ga", "2026-11-22T14:12:43Z"))
                .add(play("i-qmp-shell-1", "d40b19c2-0000-4000-8000-000000000006", "v4", "2026-11-22T14:12:32Z"))
                .add(longSession())
                .add(hostile())
                .add(play("i-qmp-shell-3", "5f2c81d0-0000-4000-8000-000000000007", "domw", "2026-11-22T14:14:01Z")
                        .stillOpen());
        return recordings(index);
    }

    static Recordings empty() {
        return recordings(new IndexInMemory());
    }

    static Recordings recordings(IndexInMemory index) {
        return new Recordings("lab", index, index, index::feed, Scene::catalog, (a, b) -> compare(index, a, b));
    }

    static SpokenSession hostile() {
        String bidi = BIDI;
        SpokenSession session = new SpokenSession(HOSTILE, SCRIPT, bidi)
                .server(
                        "{\"QMP\": {\"version\": {\"qemu\": {\"major\": 7, \"minor\": 2, \"micro\": 22}, \"package\": \"\"}, \"capabilities\": []}}")
                .client("{\"execute\": \"" + SCRIPT + "\", \"arguments\": {\"" + SCRIPT + "\": \"" + SCRIPT
                        + "\", \"name\": \"" + bidi + "\"}}")
                .server("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"" + SCRIPT + "\"}}")
                .client("{\"execute\": \"" + "x".repeat(10_000) + "\", \"arguments\": {\"long\": \""
                        + "y".repeat(10_000) + "\"}}")
                .server("{\"return\": [" + "1, ".repeat(999) + "18446744073709551616]}")
                .server("{\"event\": \"" + bidi + "\", \"data\": {\"" + bidi
                        + "\": null}, \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}");
        session.say(
                Direction.CLIENT_TO_SERVER,
                1000,
                Bytes.lend(new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'}),
                List.of(),
                List.of());
        String secret = "{\"execute\": \"set_password\", \"arguments\": {\"protocol\": \"vnc\", \"password\": \"*\"}}";
        int at = secret.indexOf("\"*\"");
        session.say(
                Direction.CLIENT_TO_SERVER,
                1000,
                Bytes.utf8(secret),
                List.of(new Masked("$.arguments.password", "string", new Span(at, at + 3))),
                List.of());
        return session;
    }

    private static SpokenSession longSession() {
        SpokenSession session = new SpokenSession(LONG, "domw", "libvirtd");
        for (int i = 0; i < LONG_MESSAGES / 2; i++) {
            session.client("{\"execute\": \"query-status\", \"id\": \"libvirt-" + i + "\"}");
            session.server(
                    "{\"return\": {\"status\": \"running\", \"singlestep\": false, \"running\": true}, \"id\": \"libvirt-"
                            + i + "\"}");
        }
        return session;
    }

    private static SpokenSession blockJobs(String id, String start) {
        return play("c-blockjobs-1", id, "v4", start);
    }

    private static SpokenSession play(String name, String id, String machine, String start) {
        return ForeignRecording.play(name, new SpokenSession(id, machine, "python3", Instant.parse(start)));
    }

    private static List<CatalogEntry> catalog() {
        List<CatalogEntry> entries = new ArrayList<>();
        entries.add(new CatalogEntry(
                "command",
                "blockdev-add",
                "Creates a node of the block graph.",
                "mutating",
                List.of(
                        new CatalogEntry.Argument("driver", "string", "s", false, "Which driver opens it."),
                        new CatalogEntry.Argument("node-name", "string", "s?", true, "What later commands call it.")),
                List.of(),
                List.of("BLOCK_JOB_COMPLETED"),
                "qemu-2.1"));
        for (String name : List.of("block-job-cancel", "blockdev-mirror", "cont", "query-block-jobs", "quit", "stop")) {
            entries.add(new CatalogEntry(
                    "command",
                    name,
                    "What " + name + " does.",
                    "mutating",
                    List.of(),
                    List.of(),
                    List.of(),
                    "qemu-2.1"));
        }
        entries.add(new CatalogEntry(
                "command",
                "query-status",
                "Tells whether the guest runs.",
                "read-only",
                List.of(),
                List.of(
                        new CatalogEntry.Member("running", "boolean", false, null),
                        new CatalogEntry.Member("status", "string", false, List.of("running", "paused"))),
                List.of("STOP", "RESUME"),
                "qemu-2.1"));
        for (String name : List.of("BLOCK_JOB_COMPLETED", "RESUME", "STOP")) {
            entries.add(new CatalogEntry(
                    "event", name, "When " + name + " comes.", "", List.of(), List.of(), List.of(), "qemu-2.1"));
        }
        return entries;
    }

    /** By position, which is enough to have every kind of row. */
    private static SessionDiff compare(IndexInMemory index, SessionId a, SessionId b) {
        List<Exchange> left = Exchange.of(index.spoken(a).orElseThrow().frames());
        List<Exchange> right = Exchange.of(index.spoken(b).orElseThrow().frames());
        List<DiffRow> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            if (i >= right.size() || i == 20) {
                rows.add(new DiffRow.OnlyA(left.get(i)));
            } else if (i >= left.size() || i == 31) {
                rows.add(new DiffRow.OnlyB(right.get(i)));
            } else if (i == 22 || !left.get(i).name().equals(right.get(i).name())) {
                rows.add(new DiffRow.Changed(
                        left.get(i),
                        right.get(i),
                        List.of(
                                new MemberChange("$.arguments.auto-dismiss", Optional.of("true"), Optional.of("false")),
                                new MemberChange(
                                        "$.arguments.device", Optional.of("\"" + SCRIPT + "\""), Optional.empty()))));
            } else {
                rows.add(new DiffRow.Same(left.get(i), right.get(i)));
            }
        }
        return new SessionDiff(rows, 0);
    }
}
