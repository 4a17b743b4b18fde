package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Direction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends. */
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
    void findsAHundredThingsInOneMessageAtMost() {
        String members =
                IntStream.range(0, 1000).mapToObj(i -> "'m" + i + "': 1").collect(Collectors.joining(", "));

        assertThat(Conversation.negotiatedWith(OLD).clientSays("{'execute': 'stop', 'arguments': {" + members + "}}"))
                .hasSize(100);
        assertThat(Conversation.negotiatedWith(OLD).clientSays("{'execute': 'stop', " + members + "}"))
                .hasSize(100);
    }
}
