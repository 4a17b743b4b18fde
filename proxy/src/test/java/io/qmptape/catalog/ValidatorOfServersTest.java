package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends: replies and events. */
final class ValidatorOfServersTest {
    private static final String OLD = "2.0.50";
    private static final String NEW = "7.2.22";

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

    @Test
    @Timeout(30)
    void comparesIdsOfManyMembersInTime() {
        Conversation talk = Conversation.negotiatedWith(NEW);
        List<String> members = new ArrayList<>(
                IntStream.range(0, 100_000).mapToObj(i -> "'m" + i + "': 1").toList());

        talk.clientSays("{'execute': 'stop', 'id': {" + String.join(", ", members) + "}}");
        Collections.reverse(members);

        assertThat(talk.serverBreaks("{'return': {}, 'id': {" + String.join(", ", members) + "}}"))
                .isEmpty();
    }
}
