package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RememberedTest {
    private final List<String> asked = new ArrayList<>();
    private final Remembered<Integer> lengths = new Remembered<>(this::length);

    @Test
    void looksAtANameOnce() {
        assertThat(lengths.of("pin")).isEqualTo(3);
        assertThat(lengths.of("pin")).isEqualTo(3);

        assertThat(asked).containsExactly("pin");
    }

    @Test
    void looksAnewAtWhatIsTooLongToBeAName() {
        String text = "x".repeat(100);

        assertThat(lengths.of(text)).isEqualTo(100);
        assertThat(lengths.of(text)).isEqualTo(100);

        assertThat(asked).containsExactly(text, text);
    }

    @Test
    void keepsSomeOfTheNamesOfAClientThatMakesThemUp() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(lengths.of("made-up-" + i)).isEqualTo(("made-up-" + i).length());
        }
        asked.clear();

        lengths.of("made-up-0");
        lengths.of("made-up-4999");

        assertThat(asked).containsExactly("made-up-4999");
    }

    private int length(String name) {
        asked.add(name);
        return name.length();
    }
}
