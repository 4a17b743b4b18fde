package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleTest {
    @Test
    void hasAnIdOfItsOwnAndASentence() {
        assertThat(Rule.values())
                .extracting(Rule::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+/[a-z-]+"));
        assertThat(Rule.values())
                .extracting(Rule::sentence)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.endsWith("."));
    }

    @Test
    void isFoundById() {
        assertThat(Rule.ofId("args/missing")).contains(Rule.ARGS_MISSING);
        assertThat(Rule.ofId("args/tea")).isEmpty();
    }
}
