package io.qmptape.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonPathTest {
    @Test
    void joinsPlainNamesByDotsAndCountsElements() {
        assertThat(JsonPath.child(JsonPath.element(JsonPath.child("$", "return"), 3), "node-name"))
                .isEqualTo("$.return[3].node-name");
    }

    @Test
    void quotesOddNames() {
        assertThat(JsonPath.child("$", "a b")).isEqualTo("$['a b']");
        assertThat(JsonPath.child("$", "")).isEqualTo("$['']");
        assertThat(JsonPath.child("$", "it's \\")).isEqualTo("$['it\\'s \\\\']");
        assertThat(JsonPath.child("$", "\n\u202e\ud800é")).isEqualTo("$['\\u000A\\u202E\\uD800é']");
    }

    @Test
    void cutsLongNames() {
        assertThat(JsonPath.child("$", "x".repeat(1000))).isEqualTo("$['" + "x".repeat(64) + "…']");
    }
}
