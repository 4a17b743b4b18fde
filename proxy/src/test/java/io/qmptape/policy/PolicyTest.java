package io.qmptape.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.traffic.Peer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    @Test
    void readOnlyLetsQuestionsPassAndNothingElse() {
        Policy policy = Policy.named(Policy.READ_ONLY).orElseThrow();
        assertThat(List.of("qmp_capabilities", "query-status", "query-of-tomorrow", "qom-get"))
                .allMatch(name -> policy.denies(name, Peer.UNKNOWN).isEmpty());
        assertThat(List.of("stop", "quit", "human-monitor-command", "getfd", "not-in-the-catalog"))
                .noneMatch(name -> policy.denies(name, Peer.UNKNOWN).isEmpty());
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndNoneIsADenial() {
        Policy policy = PolicyReader.read("p", List.of("deny query-block*", "allow query-*"));
        assertThat(policy.denies("query-block", Peer.UNKNOWN)).isPresent();
        assertThat(policy.denies("query-name", Peer.UNKNOWN)).isEmpty();
        assertThat(policy.denies("stop", Peer.UNKNOWN)).isPresent();
    }

    @Test
    void aFaultNamesItsLine() {
        assertThatThrownBy(() -> PolicyReader.read("p", List.of("allow *", "permit stop")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p, line 2");
    }

    @Test
    void asksWhoTheClientIs() {
        Policy policy = PolicyReader.read(
                "p", List.of("# comment", "", "allow stop,cont uid=1000", "allow * gid=7 process=libvirtd"));
        assertThat(policy.denies("stop", client(1000, 1, "sh"))).isEmpty();
        assertThat(policy.denies("quit", client(1000, 1, "sh"))).isPresent();
        assertThat(policy.denies("quit", client(0, 7, "libvirtd"))).isEmpty();
        assertThat(policy.denies("quit", client(0, 7, "sh"))).isPresent();
        assertThat(policy.denies("stop", Peer.UNKNOWN)).isPresent();
        assertThat(policy.denies("quit", client(1000, 1, "sh"))).contains("nothing allows it");
    }

    /** A command that the catalog does not know has no effect that a rule could name. */
    @Test
    void asksForTheEffect() {
        Policy policy = PolicyReader.read("p", List.of("deny * effect=mutating", "allow *"));
        assertThat(policy.denies("stop", Peer.UNKNOWN)).isPresent();
        assertThat(policy.denies("query-status", Peer.UNKNOWN)).isEmpty();
        assertThat(policy.denies("x-unknown", Peer.UNKNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop             | neither allow nor deny",
                "allow            | names of commands belong behind 'allow'",
                "allow st/op      | names of commands belong behind 'allow'",
                "deny * uid=me    | has to be one number",
                "deny * uid=1 uid=2 | has to be one number",
                "deny * effect=bad  | read-only, session, mutating",
                "deny * color=red | is no condition",
                "deny * process=a process=b | second process",
            })
    void saysWhatIsExpected(String line, String complaint) {
        assertThatThrownBy(() -> PolicyReader.read("p", List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p, line 1: ")
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, stop, true",
        "stop, stopped, false",
        "stop, xstop, false",
        "*, stop, true",
        "query-*, query-, true",
        "query-*, query, false",
        "*-job, block-job, true",
        "*-job, block-jobs, false",
        "a*a, a, false",
        "a*a, aa, true",
        "a**a, aba, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "a*bc*c, abc, false",
        "*ab*ab*, abab, true",
        "*ab*ab*, abba, false",
    })
    void aStarStandsForAnything(String glob, String name, boolean isMatched) {
        Policy policy = PolicyReader.read("p", List.of("allow " + glob));
        assertThat(policy.denies(name, Peer.UNKNOWN).isEmpty()).isEqualTo(isMatched);
    }

    /** A client chooses its name, on a thread that many sessions share. */
    @Test
    @Timeout(10)
    void aLongNameIsJudgedAtOnce() {
        Policy policy = PolicyReader.read("p", List.of("deny *block*job*cancel", "allow *"));
        String name = "block".repeat(200_000) + "job".repeat(200_000);
        assertThat(policy.denies(name, Peer.UNKNOWN)).isEmpty();
    }

    @Test
    void refusesAFileWithoutRules() {
        assertThatThrownBy(() -> PolicyReader.read("p", List.of("# nothing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no rule in it");
    }

    private static Peer client(long uid, long gid, String command) {
        return new Peer("", OptionalLong.of(1), OptionalLong.of(uid), OptionalLong.of(gid), command);
    }
}
