package io.qmptape.analyzer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each query finds in one conversation; messages are named by their sequence numbers. */
class QueryMatchesTest {
    private static final List<QueriedMessage> CONVERSATION = new Frames(
                    SessionId.parse("0f3a7c1e-0000-4000-8000-000000000001"), "Web-01")
            .server(
                    "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}}, \"capabilities\": [\"oob\"]}}") // 1
            .client("{\"execute\": \"qmp_capabilities\"}") // 2
            .server("{\"return\": {}}") // 3
            .client(
                    "{\"execute\": \"blockdev-add\", \"arguments\": {\"driver\": \"qcow2\", \"node-name\": \"Drive0\","
                            + " \"file\": {\"driver\": \"file\", \"filename\": \"/var/lib/x.img\"}}, \"id\": \"libvirt-7\"}") // 4
            .later(12)
            .server("{\"return\": {}, \"id\": \"libvirt-7\"}") // 5
            .client("{\"execute\": \"send-key\", \"arguments\": {\"keys\": [{\"type\": \"qcode\", \"data\": \"ctrl\"},"
                    + " {\"type\": \"qcode\", \"data\": \"a\"}], \"hold-time\": 100}}") // 6
            .server("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Device 'Drive9' not found\"}}") // 7
            .server("{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"JOB_STATUS_CHANGE\","
                    + " \"data\": {\"status\": \"running\", \"id\": \"job0\"}}") // 8
            .client("{\"exec-oob\": \"query-status\", \"id\": 5}") // 9
            .server("{\"return\": {\"status\": \"paused\", \"running\": false}, \"id\": 5}") // 10
            .add(Direction.CLIENT_TO_SERVER, Bytes.utf8("]]\n")) // 11, 12
            .queried();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "command:blockdev-add              | 4 5",
                "command:BLOCKDEV-ADD              | 4 5",
                "command:blockdev-*                | 4 5",
                "kind:command command:block*       | 4",
                "command:send-key kind:failure     | 7",
                "event:*                           | 8",
                "event:JOB_STATUS_CHANGE           | 8",
                "dir:s2c kind:success              | 3 5 10",
                "error.class:GenericError          | 7",
                "error.desc:\"not found\"          | 7",
                "error.desc:drive9                 | 7",
                "error.desc:*'drive9'*             | 7",
                "arg.file.filename:/var/lib/x.img  | 4",
                "arg.file.filename:/var/*          | 4",
                "arg.file.filename:\"/var/*\"      |",
                "arg.keys.data:a                   | 6",
                "arg.keys.data:ctrl                | 6",
                "arg.hold-time:100                 | 6",
                "arg.hold-time:>=100               | 6",
                "arg.hold-time:>100                |",
                "arg.hold-time:50..200             | 6",
                "arg.node-name:drive?              | 4",
                "arg.*:drive0                      | 4",
                "arg.*driver:file                  | 4",
                "has:arg.file                      | 4",
                "has:arg.*name                     | 4",
                "has:arg                           | 4 6",
                "return.running:false              | 10",
                "data.id:job0                      | 8",
                "id:libvirt-7                      | 4 5",
                "id:libvirt-*                      | 4 5",
                "id:5                              | 9 10",
                "has:oob                           | 9",
                "has:id                            | 4 5 9 10",
                "latency:>5ms                      | 5",
                "latency:>=12ms                    | 5",
                "latency:<12ms                     | 3 7 10",
                "latency:500us..1.5ms              | 3 7 10",
                "latency:>5ms command:blockdev-add | 5",
                "seq:4                             | 4",
                "seq:>9                            | 10 11 12",
                "seq:2..4                          | 2 3 4",
                "seq:..3 -dir:s2c                  | 2",
                "kind:noise OR kind:unrecognized   | 11 12",
                "drive0                            | 4",
                "x.img                             | 4",
                "\"ctrl type\"                     |",
                "\"data ctrl\"                     | 6",
                "block*                            | 4 5",
                "blockdev-*                        | 4 5",
                "drive*                            | 4 7",
                "vm:web-01 seq:1                   | 1",
                "session:0f3a seq:1                | 1",
                "session:0f3b                      |",
                "seq:<5 NOT (command:* OR event:*) | 1",
                "(seq:1 OR seq:2) seq:2            | 2",
                "seq:1 OR seq:2 seq:3              | 1",
                "seq:1 AND kind:greeting           | 1",
            })
    void finds(String query, String expected) {
        Query parsed = Query.parse(query);

        List<String> found = IntStream.range(0, CONVERSATION.size())
                .filter(i -> parsed.matches(CONVERSATION.get(i)))
                .mapToObj(i -> Integer.toString(i + 1))
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void findsEverythingWithTheEmptyQuery() {
        assertThat(CONVERSATION).allMatch(Query.parse("  ")::matches);
    }

    @Test
    void neverTiresOfPatternsMadeToTireIt() {
        String value = "a".repeat(256);
        List<QueriedMessage> messages = Frames.ofMachine("m")
                .client("{\"execute\": \"x\", \"arguments\": {\"p\": \"" + value + "\"}}")
                .queried();

        Query hostile = Query.parse("arg.p:" + "*a?".repeat(1_000) + "b");

        assertThat(messages).noneMatch(hostile::matches);
    }
}
