package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogReaderTest {
    private static final String SMALL = """
            # A comment.
            catalog toy-1.0
              version 1.0

            command brew
              summary Makes tea.
              effect mutating
              events TEA_READY
              removed 2.0 -- buy some
              argument cups int i -- how many
              argument milk? bool -m
              result array
              member [].kind? string green|black

            event TEA_READY
              summary Tea is ready.
              since 0.9
              throttle 250 ms
              member cups int
            """;

    @Test
    void readsCommandsAndEvents() {
        Catalog toy = CatalogReader.read("toy", SMALL.lines().toList());

        CommandSpec brew = toy.command("brew").orElseThrow();
        EventSpec ready = toy.event("TEA_READY").orElseThrow();
        assertThat(toy.id()).isEqualTo("toy-1.0");
        assertThat(toy.version()).isEqualTo(new QemuVersion(1, 0));
        assertThat(brew.summary()).isEqualTo("Makes tea.");
        assertThat(brew.effect()).isEqualTo(Effect.MUTATING);
        assertThat(brew.relatedEvents()).containsExactly("TEA_READY");
        assertThat(brew.removal()).contains(new Removal(new QemuVersion(2, 0), "buy some"));
        assertThat(brew.arguments())
                .containsExactly(
                        new ArgumentSpec("cups", ValueType.INT, false, "i", "how many"),
                        new ArgumentSpec("milk", ValueType.BOOL, true, "-m", ""));
        assertThat(brew.returns())
                .isEqualTo(new ReplySpec(
                        ValueType.ARRAY,
                        List.of(new MemberSpec("[].kind", ValueType.STRING, true, List.of("green", "black")))));
        assertThat(ready)
                .isEqualTo(new EventSpec(
                        "TEA_READY",
                        "Tea is ready.",
                        new QemuVersion(0, 9),
                        Duration.ofMillis(250),
                        List.of(new MemberSpec("cups", ValueType.INT, false, List.of()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            catalog toy-1.0             | katalog toy                   | toy:2: the first line is 'catalog NAME', not 'katalog'
              version 1.0               |   version one                 | toy:3: 'one' is not understood here
            command brew                | komand brew                   | toy:5: 'komand' opens no block
              summary Makes tea.        |   sumary Makes tea.           | toy:6: 'sumary' has no place under 'command'
              effect mutating           |   effect strange              | toy:7: 'strange' is not understood here
              argument cups int i       |   argument cups int s         | toy:10: code 's' does not go with 'cups int'
              argument milk? bool -m    |   argument cups? bool -m      | toy:11: named a second time: 'cups? bool -m'
              argument milk? bool -m    |   argument milk bool -m       | toy:11: code '-m' does not go with 'milk bool'
              argument milk? bool -m    |   argument milk?              | toy:11: 'argument' takes 2 to 3 words, not 1
              argument milk? bool -m    |   argument                    | toy:11: 'argument' needs something after it
              result array              |   result list                 | toy:12: 'list' is not understood here
              member [].kind            |   member []..kind             | toy:13: '[]..kind' is no path
            event TEA_READY             | event brew                    | toy:15: a second 'brew'
              throttle 250 ms           |   throttle fast now           | toy:18: a throttle is written as '1000 ms'
              since 0.9                 |                               | toy:15: 'TEA_READY' lacks 'since'
            """, ignoreLeadingAndTrailingWhitespace = false)
    void namesTheLineOfAFault(String good, String bad, String complaint) {
        String broken = SMALL.replace(
                good.stripTrailing(), bad == null ? "" : bad.substring(1).stripTrailing());

        assertThatThrownBy(() -> CatalogReader.read("toy", broken.lines().toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint.strip());
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> CatalogReader.read("toy", List.of("# nothing")))
                .hasMessage("toy:1: no catalog in here; it begins with 'catalog NAME'");
    }
}
