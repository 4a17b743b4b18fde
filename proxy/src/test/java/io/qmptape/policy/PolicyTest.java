package io.qmptape.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.traffic.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void readOnlyLetsQuestionsPassAndNothingElse() {
        Policy policy = Policy.named(Policy.READ_ONLY).orElseThrow();
        assertThat(List.of("qmp_capabilities", "query-status", "qom-get"))
                .allMatch(name -> policy.decide(name, Peer.UNKNOWN).isAllowed());
        assertThat(List.of("stop", "quit", "human-monitor-command", "getfd", "not-in-the-catalog"))
                .noneMatch(name -> policy.decide(name, Peer.UNKNOWN).isAllowed());
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndNoneIsADenial() {
        Policy policy = PolicyReader.read("p", List.of("deny query-block*", "allow query-*"));
        assertThat(policy.decide("query-block", Peer.UNKNOWN).isAllowed()).isFalse();
        assertThat(policy.decide("query-name", Peer.UNKNOWN).isAllowed()).isTrue();
        assertThat(policy.decide("stop", Peer.UNKNOWN).isAllowed()).isFalse();
    }

    @Test
    void aFaultNamesItsLine() {
        assertThatThrownBy(() -> PolicyReader.read("p", List.of("allow *", "permit stop")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p, line 2");
    }
}
