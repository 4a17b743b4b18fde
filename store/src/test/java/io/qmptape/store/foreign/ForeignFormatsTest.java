package io.qmptape.store.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each format says, and what not. */
final class ForeignFormatsTest {
    private static final String GREETING =
            "<- {\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7},";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aTraceHasCommandsAndWhatCameBackWithItsTimes() {
        Imported imported = Imported.of(Imported.resource("trace-7.2.log", directory));

        RecordedSession session = imported.sessions().get(0);
        List<String> said = Imported.said(session);
        assertThat(imported.sessions()).hasSize(1);
        assertThat(said).hasSize(22);
        assertThat(said.get(0)).startsWith(GREETING);
        assertThat(said.get(1))
                .isEqualTo(
                        "-> {\"execute\": \"qmp_capabilities\", \"arguments\": {\"enable\": [\"oob\"]}, \"id\": \"c-1\"}");
        assertThat(said.get(2)).isEqualTo("<- {\"return\": {}, \"id\": \"c-1\"}");
        assertThat(session.opened().clock().wall()).isEqualTo(Instant.ofEpochSecond(1795563645, 283_986_000));
        assertThat(session.opened().origin()).contains("trace");
    }

    @Test
    void aTraceHidesWhatQemuCouldNotParse() {
        Imported imported = Imported.of(Imported.resource("trace-7.2.log", directory));

        assertThat(imported.recording().misunderstood())
                .singleElement()
                .satisfies(told -> assertThat(told.why()).contains("a trace does not hold it"));
    }

    @Test
    void aTraceOfRepliesAloneSaysWhatItLacks() {
        Imported imported = Imported.of(Imported.resource("trace-pretty-7.2.log", directory));

        assertThat(Imported.said(imported.sessions().get(0))).hasSize(4).allMatch(line -> line.startsWith("<- {"));
        assertThat(imported.recording().misunderstood())
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.why()).contains("-trace handle_qmp_command"));
    }

    @Test
    void libvirtsLogHasGreetingMessagesAndTheEnd() {
        Imported imported = Imported.of(Imported.resource("libvirtd-9.0.log", directory));

        RecordedSession session = imported.sessions().get(0);
        assertThat(imported.sessions()).hasSize(1);
        assertThat(imported.misunderstoodLines()).isEmpty();
        assertThat(Imported.said(session))
                .contains(
                        "-> {\"execute\":\"qmp_capabilities\",\"id\":\"libvirt-1\"}",
                        "<- {\"return\": {}, \"id\": \"libvirt-1\"}")
                .anyMatch(line -> line.startsWith(GREETING))
                .anyMatch(line -> line.startsWith("<- {\"timestamp\"") && line.contains("RESUME"));
        assertThat(session.closed().orElseThrow().cause()).isEqualTo(CloseCause.CLIENT_LEFT);
        assertThat(session.opened().clock().wall()).isEqualTo(Instant.parse("2026-11-24T23:44:14.791Z"));
    }

    @Test
    void libvirtsMonitorsAreSessionsOfTheirOwnAndDescriptorsCount() {
        String log = send("0xa", "{\"execute\":\"getfd\",\"id\":\"libvirt-7\"}", 31)
                + send("0xb", "{\"execute\":\"stop\",\"id\":\"libvirt-9\"}", -1)
                + "2026-01-01 10:00:00.000+0000: 1: info : f:1 : QEMU_MONITOR_RECV_REPLY: mon=0xa reply={\"return\": {}, \"id\"\n"
                + "2026-01-01 10:00:00.000+0000: 1: info : f:1 : QEMU_MONITOR_RECV_REPLY: mon=0xb reply={\"return\": {}, \"id\": \"libvirt-9\"}\n";

        Imported imported = Imported.text(log, directory);

        assertThat(imported.sessions()).hasSize(2);
        assertThat(imported.sessions().get(0).frames())
                .singleElement()
                .satisfies(frame -> assertThat(frame.frame().descriptors()).isEqualTo(1));
        assertThat(Imported.said(imported.sessions().get(1))).hasSize(2);
        assertThat(imported.misunderstoodLines()).containsExactly(5L);
    }

    @Test
    void whatLooksLikeAnEntryInsideAMessageIsNone() {
        String forged = "QEMU_MONITOR_RECV_REPLY: mon=0xa reply={}";

        Imported imported = Imported.text(
                send("0xa", "{\"execute\":\"stop\"}", -1) + "f:1 : Line [{\"return\": \"" + forged + "\"}]\n",
                directory);

        assertThat(Imported.said(imported.sessions().get(0))).hasSize(1);
        assertThat(imported.recording().passedOver()).isEqualTo(1);
    }

    private static String send(String monitor, String message, int descriptor) {
        return "2026-01-01 10:00:00.000+0000: 1: info : qemuMonitorSend:1 : QEMU_MONITOR_SEND_MSG: mon=" + monitor
                + " msg=" + message + "\r\n fd=" + descriptor + "\n";
    }

    @Test
    void socatsDumpIsTheBytesOfBothSides() {
        Imported imported = Imported.of(Imported.resource("socat-1.7.log", directory));

        List<String> said = Imported.said(imported.sessions().get(0));
        assertThat(imported.misunderstoodLines()).isEmpty();
        assertThat(said.get(0)).startsWith("-> {\"execute\":\"qmp_capabilities\"");
        assertThat(said.get(1)).startsWith(GREETING);
        assertThat(said).anyMatch(line -> line.contains("no-such\\ncommand")).contains("-> {\"execute\": oops }");
        assertThat(said)
                .filteredOn(line -> line.contains("STOP") || line.contains("c-4"))
                .hasSize(3);
    }

    @Test
    void socatsBlocksNeedNoLineEndAndEitherSideMayBeQemu() {
        String dump = "> 2026/01/01 10:00:00.000001  length=13 from=0 to=12\n{\"QMP\": \"\\\\\\\\\"}"
                + "< 2026/01/01 10:00:00.000002  length=18 from=0 to=17\n{\"execute\":\"stop\"}"
                + "> 2026/01/01 10:00:00.000003  length=7 from=13 to=19\n{}\n{}\\r\n\n";

        Imported imported = Imported.text(dump, directory);

        assertThat(Imported.said(imported.sessions().get(0)))
                .containsExactly("<- {\"QMP\": \"\\\\\"}", "-> {\"execute\":\"stop\"}", "<- {}", "<- {}");
    }

    @Test
    void incusBeginsASessionWhereIdsFall() {
        Imported imported = Imported.of(Imported.resource("incus.log", directory));

        assertThat(imported.sessions()).hasSize(2);
        assertThat(Imported.said(imported.sessions().get(0))).hasSize(5);
        assertThat(Imported.said(imported.sessions().get(1))).hasSize(2);
        assertThat(imported.sessions().get(1).opened().clock().wall()).isEqualTo(Instant.parse("2026-11-22T10:05:00Z"));
        assertThat(imported.misunderstoodLines()).isEmpty();
    }

    @Test
    void messagesALineNeedNoTimesAndMayBeNoise() {
        Imported imported = Imported.text("""
                {"dir":"send","msg":{"execute":"stop"}}
                {"dir":"recv","msg":{"return":{}}}
                {"dir":"sideways","msg":{}}
                {"dir":"c2s","msg":{"execute":"stop","execute":"cont"}}
                {"dir":"c2s"}
                no JSON
                {"dir":"c2s","text":"what?"}
                """, directory);

        RecordedSession session = imported.sessions().get(0);
        assertThat(Imported.said(session)).startsWith("-> {\"execute\":\"stop\"}", "<- {\"return\":{}}", "-> what");
        assertThat(imported.misunderstoodLines()).containsExactly(3L, 4L, 5L, 6L);
        assertThat(session.frames().get(1).atNanos())
                .isGreaterThan(session.frames().get(0).atNanos());
    }

    @Test
    void repliesAreSplitIntoSessionsWithAGreetingEach() {
        Imported imported = Imported.of(Imported.resource("two.replies", directory));

        assertThat(imported.sessions()).hasSize(2);
        assertThat(imported.sessions()).allSatisfy(session -> {
            assertThat(Imported.said(session).get(0)).startsWith(GREETING);
            assertThat(session.opened().origin()).contains("greeting and times are made up");
        });
        assertThat(Imported.said(imported.sessions().get(0)))
                .element(1)
                .isEqualTo("-> {\"execute\": \"qmp_capabilities\", \"id\": \"libvirt-1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-blockjobs-1", "e-pretty-1", "f-qga-1", "i-qmp-shell-1"})
    void rawReadsBecomeWhatARecorderMakesOfThem(String name) throws IOException {
        Path file = Imported.copied("/recordings/" + name + ".jsonl", directory);

        RecordedSession imported = Imported.of(file).sessions().get(0);

        assertThat(imported.records().subList(1, imported.records().size()))
                .isEqualTo(recorded(imported, Files.readAllLines(file)));
    }

    /** Reads the file in the plainest way that there is. */
    private static List<SessionRecord> recorded(RecordedSession session, List<String> lines) {
        List<SessionRecord> records = new ArrayList<>();
        Scribes scribes = new Scribes(Judging.none(), Redaction.with(RedactionKey.random()), records::add);
        SessionRecord.Opened opened = session.opened();
        scribes.open(
                new Traffic.Opened(
                        opened.session(), opened.clock(), opened.machine(), opened.client(), opened.server(), "", ""),
                "");
        long last = 0;
        for (String line : lines) {
            Matcher read = Pattern.compile(
                            "\"t\":(\\d+),\"dir\":\"(...)\",\"(?:data\":\"(.*?)\"(?:,\"fds\":(\\d+))?|eof)")
                    .matcher(line);
            if (read.find()) {
                last = Long.parseLong(read.group(1));
                Direction direction = Direction.ofWord(read.group(2));
                int descriptors = read.group(4) == null ? 0 : Integer.parseInt(read.group(4));
                scribes.accept(
                        read.group(3) == null
                                ? new Traffic.HalfClosed(opened.session(), direction, last)
                                : new Traffic.Read(
                                        opened.session(),
                                        direction,
                                        last,
                                        Bytes.lend(Base64.getDecoder().decode(read.group(3))),
                                        Collections.nCopies(descriptors, DescriptorKind.OTHER)));
            }
        }
        scribes.accept(new Traffic.Closed(opened.session(), last, CloseCause.CLIENT_LEFT));
        return records.subList(1, records.size());
    }
}
