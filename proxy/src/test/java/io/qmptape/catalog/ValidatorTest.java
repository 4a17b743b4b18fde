package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Direction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidatorTest {
    private static final String OLD = "2.0.50";
    private static final String NEW = "7.2.22";

    @Test
    void findsNothingInASoundConversation() {
        Conversation talk = Conversation.with(OLD);

        assertThat(talk.clientSays("{'execute': 'qmp_capabilities'}")).isEmpty();
        assertThat(talk.serverSays("{'return': {}}")).isEmpty();
        assertThat(talk.clientSays("{'execute': 'eject', 'arguments': {'device': 'cd0', 'force': true}, 'id': 1}"))
                .isEmpty();
        assertThat(talk.serverSays("{'timestamp': {'seconds': 1, 'microseconds': 2}, 'event': 'DEVICE_TRAY_MOVED',"
                        + " 'data': {'device': 'cd0', 'tray-open': true}}"))
                .isEmpty();
        assertThat(talk.serverSays("{'return': {}, 'id': 1}")).isEmpty();
    }

    @Test
    void wantsNegotiationFirstAndOnce() {
        Conversation talk = Conversation.with(NEW);

        assertThat(talk.clientBreaks("{'execute': 'query-status'}")).containsExactly("negotiation/command-before");
        assertThat(talk.clientBreaks("{'execute': 'no-such-thing'}")).containsExactly("negotiation/command-before");
        assertThat(talk.clientBreaks("{'execute': 'qmp_capabilities'}")).isEmpty();
        assertThat(talk.clientBreaks("{'execute': 'qmp_capabilities'}")).containsExactly("negotiation/again");
    }

    @Test
    void letsAClientPipelineBehindItsNegotiation() {
        Conversation talk = Conversation.with(NEW);

        assertThat(talk.clientSays("{'execute': 'qmp_capabilities'}{'execute': 'query-status'}"))
                .isEmpty();
    }

    @Test
    void returnsToNegotiationWhenItFailed() {
        Conversation talk = Conversation.with(NEW);

        talk.clientSays("{'execute': 'qmp_capabilities', 'id': 1}");
        talk.serverSays("{'id': 1, 'error': {'class': 'GenericError', 'desc': 'no'}}");

        assertThat(talk.clientBreaks("{'execute': 'query-status'}")).containsExactly("negotiation/command-before");
    }

    @Test
    void knowsThatACapabilityNobodyOffersEndsNoNegotiation() {
        Conversation talk = Conversation.with(NEW);

        assertThat(talk.clientSays("{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob', 'tea']}}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("negotiation/capability");
                    assertThat(finding.path()).isEqualTo("$.arguments.enable[1]");
                    assertThat(finding.text()).doesNotContain("tea");
                });
        assertThat(talk.clientBreaks("{'execute': 'query-status'}")).containsExactly("negotiation/command-before");
    }

    @Test
    void staysSilentAboutNegotiationWhereNobodyGreets() {
        Conversation talk = new Conversation();

        assertThat(talk.clientSays("{'execute': 'guest-ping'}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
        assertThat(talk.serverSays("{'return': {}}")).isEmpty();
        assertThat(talk.clientBreaks("{'execute': 'guest-info'}")).containsExactly("command/unknown");
    }

    @Test
    void allowsOutOfBandOnlyWhereItWasNegotiated() {
        String command = "{'exec-oob': 'migrate-pause'}";
        Conversation talk = Conversation.with(NEW);

        assertThat(Conversation.negotiatedWith(NEW).clientBreaks(command))
                .containsExactly("shape/exec-oob-not-enabled");
        talk.clientSays("{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}}");
        assertThat(talk.clientBreaks(command)).containsExactly("command/unknown");
        assertThat(talk.clientBreaks("{'exec-oob': 'query-status'}")).containsExactly("command/not-oob");
        assertThat(talk.clientBreaks("{'execute': 'query-name', 'exec-oob': 'query-name'}"))
                .containsExactly("shape/unexpected-member");
    }

    @Test
    void checksTheShapeOfACommand() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        assertThat(talk.clientBreaks("[1]")).containsExactly("shape/not-object");
        assertThat(talk.clientBreaks("{'id': 1}")).containsExactly("shape/no-execute");
        assertThat(talk.clientBreaks("{'execute': 5}")).containsExactly("shape/execute-type");
        assertThat(talk.clientBreaks("{'execute': 'stop', 'arguments': null}")).containsExactly("shape/arguments-type");
        assertThat(talk.clientBreaks("{'execute': 'stop', 'foo': 1}")).containsExactly("shape/unexpected-member");
    }

    @Test
    void knowsTheOneReleaseWithControl() {
        String command = "{'execute': 'stop', 'control': {'run-oob': false}}";

        assertThat(Conversation.negotiatedWith("2.12.1").clientBreaks(command)).isEmpty();
        assertThat(Conversation.negotiatedWith("3.0.0").clientBreaks(command))
                .containsExactly("shape/unexpected-member");
    }

    @Test
    void takesAnUnknownCommandForAnErrorOnlyInTheCatalogsEra() {
        assertThat(Conversation.negotiatedWith("2.1.3").clientSays("{'execute': 'blockdev-mirror'}"))
                .containsExactly(new Finding(
                        "command/unknown",
                        Severity.ERROR,
                        "$.execute",
                        "the catalog has no command 'blockdev-mirror'"));
        assertThat(Conversation.negotiatedWith(NEW).clientSays("{'execute': 'blockdev-mirror'}"))
                .containsExactly(new Finding(
                        "command/unknown",
                        Severity.INFO,
                        "$.execute",
                        "the catalog has no command 'blockdev-mirror'; the catalog is that of QEMU 2.1"));
    }

    @Test
    void knowsWhatRelease21AddedAfterItsTableWasWritten() {
        Conversation talk = Conversation.negotiatedWith("2.1.0");

        assertThat(talk.clientSays("{'execute': 'query-memdev'}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
        assertThat(talk.clientSays("{'execute': 'block-commit', 'arguments': {'device': 'd', 'backing-file': 'f'}}"))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO, Severity.INFO);
    }

    @Test
    void saysFromWhichReleaseOnACommandIsGone() {
        assertThat(Conversation.negotiatedWith(NEW).clientSays("{'execute': 'query-cpus'}"))
                .containsExactly(new Finding(
                        "command/removed",
                        Severity.WARNING,
                        "$.execute",
                        "'query-cpus' was removed in QEMU 6.0; use query-cpus-fast"));
        assertThat(Conversation.negotiatedWith("5.2.0").clientSays("{'execute': 'query-cpus'}"))
                .isEmpty();
    }

    @Test
    void asksForMandatoryArgumentsBeforeItLooksAtThoseSent() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        assertThat(talk.clientSays("{'execute': 'block_resize', 'arguments': {'device': 5, 'bytes': 1}}"))
                .containsExactly(
                        new Finding(
                                "args/missing",
                                Severity.ERROR,
                                "$.arguments.size",
                                "'block_resize' needs the argument 'size'"),
                        new Finding(
                                "args/type", Severity.ERROR, "$.arguments.device", "'device' takes string, not number"),
                        new Finding(
                                "args/unknown",
                                Severity.ERROR,
                                "$.arguments.bytes",
                                "'block_resize' has no argument 'bytes'"));
    }

    @Test
    void promisesLessAboutTheArgumentsOfANewerQemu() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        assertThat(talk.clientSays("{'execute': 'block_resize', 'arguments': {'device': 5, 'bytes': 1}}"))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING, Severity.WARNING, Severity.INFO);
        assertThat(talk.clientSays("{'execute': 'eject', 'arguments': {'id': 'cd0'}}"))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO, Severity.INFO);
    }

    @Test
    void takesAnyArgumentWhereTheTableIsOpen() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        assertThat(talk.clientSays("{'execute': 'device_add', 'arguments': {'driver': 'e1000', 'mac': 7}}"))
                .isEmpty();
        assertThat(talk.clientSays("{'execute': 'device_add'}")).isEmpty();
        assertThat(talk.clientBreaks("{'execute': 'send-key', 'arguments': {'keys': [], 'hold-time': 1.0}}"))
                .containsExactly("args/type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "'1'", "true", "null", "9223372036854775808"})
    void takesNoneOfTheseForAnInteger(String value) {
        Conversation talk = Conversation.negotiatedWith(OLD);

        assertThat(talk.clientBreaks("{'execute': 'balloon', 'arguments': {'value': " + value + "}}"))
                .containsExactly("args/type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1", "-0", "1e400"})
    void takesTheseForANumber(String value) {
        Conversation talk = Conversation.negotiatedWith(OLD);

        assertThat(talk.clientBreaks("{'execute': 'migrate_set_downtime', 'arguments': {'value': " + value + "}}"))
                .isEmpty();
    }

    @Test
    void hasNoFindingRepeatAValue() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        String all = talk.clientSays(
                                "{'execute': 'set_password', 'arguments': {'protocol': 'hunter2', 'password': ['hunter2']}}"
                                        + "{'execute': 'hunter2 hunter2', 'id': 'hunter2'} hunter2 {'a': hunter2}")
                        .toString()
                + talk.serverSays("{'return': 'hunter2', 'id': 'hunter2!'}")
                + talk.serverSays("{'event': 'hunter2 hunter2'}");

        assertThat(all).contains("args/type", "command/unknown", "json/noise", "reply/id-unknown", "event/unknown");
        assertThat(all).doesNotContain("hunter2");
    }

    @Test
    void saysWhyInputIsNoJson() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        assertThat(talk.clientSays("{'execute' 'stop'}"))
                .containsExactly(
                        new Finding("json/noise", Severity.WARNING, "$", "no JSON to QEMU: missing : in object pair"));
        assertThat(talk.clientSays("TRUE\n"))
                .containsExactly(new Finding("json/noise", Severity.WARNING, "$", "no JSON to QEMU: stray input"));
        assertThat(talk.clientSays("[".repeat(1025)))
                .containsExactly(new Finding(
                        "json/noise",
                        Severity.WARNING,
                        "$",
                        "no JSON to QEMU: it exceeds the limit on depth, tokens or size"));
        assertThat(talk.clientSays("secret\n"))
                .containsExactly(new Finding("json/noise", Severity.WARNING, "$", "no JSON to QEMU: invalid keyword"));
    }

    @Test
    void noticesAMessageCutShort() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        assertThat(talk.clientSays("{'execute': 'st")).isEmpty();
        assertThat(talk.end(Direction.CLIENT_TO_SERVER))
                .singleElement()
                .satisfies(judged ->
                        assertThat(judged.findings()).extracting(Finding::rule).containsExactly("json/unfinished"));
    }

    @Test
    void noticesRepliesNobodyWaitsFor() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        assertThat(talk.serverBreaks("{'return': {}}")).containsExactly("reply/unexpected");
        talk.clientSays("{'execute': 'stop', 'id': {'a': [1, 2.0]}}");
        assertThat(talk.serverBreaks("{'return': {}}")).containsExactly("reply/unexpected");
        assertThat(talk.serverBreaks("{'return': {}, 'id': 7}")).containsExactly("reply/id-unknown");
        assertThat(talk.serverBreaks("{'return': {}, 'id': {'a': [1, 2]}}")).isEmpty();
        assertThat(talk.serverBreaks("{'return': {}, 'id': {'a': [1, 2]}}")).containsExactly("reply/id-unknown");
    }

    @Test
    void givesAParseErrorToTheNoiseItAnswers() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        talk.clientSays("{'execute': 'query-name'} junk {'execute': 'stop', 'id': 1}");

        assertThat(talk.serverBreaks("{'return': {}}")).isEmpty();
        assertThat(talk.serverBreaks("{'error': {'class': 'GenericError', 'desc': 'JSON parse error, x'}}"))
                .isEmpty();
        assertThat(talk.serverBreaks("{'error': {'class': 'GenericError', 'desc': 'JSON parse error, x'}}"))
                .containsExactly("reply/unexpected");
        assertThat(talk.serverBreaks("{'return': {}, 'id': 1}")).isEmpty();
    }

    @Test
    void takesAnErrorWithoutIdForTheOldestCommandAsQemu21SendsIt() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        talk.clientSays("{'execute': 5, 'id': 1}");

        assertThat(talk.serverBreaks("{'error': {'class': 'GenericError', 'desc': 'Expected'}}"))
                .isEmpty();
    }

    @Test
    void comparesAResultWithWhatIsDocumented() {
        Conversation talk = Conversation.negotiatedWith(OLD);

        talk.clientSays("{'execute': 'query-block'}{'execute': 'query-status'}{'execute': 'query-name'}");

        assertThat(talk.serverSays("{'return': [{'device': 'a'}, {'device': 5, 'inserted': {'image': {'snapshots':"
                        + " [{'id': '1'}, {'id': 2}]}}}]}"))
                .containsExactly(
                        new Finding(
                                "reply/type",
                                Severity.WARNING,
                                "$.return[1].device",
                                "'device' is documented as string, not number"),
                        new Finding(
                                "reply/type",
                                Severity.WARNING,
                                "$.return[1].inserted.image.snapshots[1].id",
                                "'id' is documented as string, not number"));
        assertThat(talk.serverSays("{'return': 1}"))
                .extracting(Finding::text)
                .containsExactly("'query-status' is documented to return object, not number");
        assertThat(talk.serverSays("{'return': {}}")).isEmpty();
    }

    @Test
    void comparesAnEventWithWhatIsDocumented() {
        Conversation talk = Conversation.negotiatedWith(OLD);
        String stamp = "'timestamp': {'seconds': 1, 'microseconds': 2}";

        assertThat(talk.serverBreaks("{'event': 'TEA_READY', " + stamp + "}")).containsExactly("event/unknown");
        assertThat(talk.serverBreaks("{'event': 'STOP'}")).containsExactly("event/member-missing");
        assertThat(talk.serverSays("{'event': 'ACPI_DEVICE_OST', 'data': {'info': {'slot': 0, 'slot-type': 'DIMM',"
                        + " 'source': 1}}, " + stamp + "}"))
                .extracting(Finding::path)
                .containsExactly("$.data.info.status", "$.data.info.slot");
        assertThat(talk.serverBreaks("{'event': 'BALLOON_CHANGE', " + stamp + "}"))
                .containsExactly("event/member-missing");
        assertThat(Conversation.negotiatedWith(NEW).serverSays("{'event': 'JOB_STATUS_CHANGE', " + stamp + "}"))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void noticesWhatAServerDoesNotSay() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        assertThat(talk.serverBreaks("{'hello': 1}")).containsExactly("server/unrecognized");
        assertThat(talk.serverBreaks("5\n")).containsExactly("server/unrecognized");
        assertThat(talk.serverBreaks("ready\n")).containsExactly("json/noise");
    }

    @Test
    void findsAHundredThingsInOneMessageAtMost() {
        String members =
                IntStream.range(0, 1000).mapToObj(i -> "'m" + i + "': 1").collect(Collectors.joining(", "));

        assertThat(Conversation.negotiatedWith(OLD).clientSays("{'execute': 'stop', 'arguments': {" + members + "}}"))
                .hasSize(100);
        assertThat(Conversation.negotiatedWith(OLD).clientSays("{'execute': 'stop', " + members + "}"))
                .hasSize(100);
    }

    @Test
    void isSilentAboutRepliesOnceItHadToForgetCommands() {
        Conversation talk = Conversation.negotiatedWith(NEW);

        for (int i = 0; i <= PendingCommands.MAX; i++) {
            talk.clientSays("{'execute': 'stop', 'id': " + i + "}");
        }

        assertThat(talk.serverBreaks("{'return': {}, 'id': 0}")).isEmpty();
        assertThat(talk.serverBreaks("{'return': {}, 'id': 1}")).isEmpty();
    }

    @Test
    void holdsOnlySoManyBytesOfIds() {
        Conversation talk = Conversation.negotiatedWith(NEW);
        String id = "x".repeat(PendingCommands.MAX_ID_BYTES / 2);

        talk.clientSays("{'execute': 'stop', 'id': '1" + id + "'}");
        assertThat(talk.serverBreaks("{'return': {}, 'id': 'unheard of'}")).containsExactly("reply/id-unknown");
        talk.clientSays("{'execute': 'stop', 'id': '2" + id + "'}");

        assertThat(talk.serverBreaks("{'return': {}, 'id': '1" + id + "'}")).isEmpty();
        assertThat(talk.serverBreaks("{'return': {}, 'id': '2" + id + "'}")).isEmpty();
    }
}
