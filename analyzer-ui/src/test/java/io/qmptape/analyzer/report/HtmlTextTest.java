package io.qmptape.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HtmlTextTest {
    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLeftThatCouldBeMarkupOrHideText(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        random.ints(200, 0, random.nextBoolean() ? 0x80 : 0x3000).forEach(text::appendCodePoint);

        String shown = HtmlText.of(text.toString());

        assertThat(shown).doesNotContainPattern("[<>\"']|&(?!(amp|lt|gt|quot|#39);)");
        assertThat(shown).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
    }

    @Test
    void controlCharactersAndTurnedTextAreSpelled() {
        assertThat(HtmlText.of("a\u0000b\u202ec\nd")).isEqualTo("a\\u0000b\\u202ec\nd");
    }

    @Test
    void aBeginningIsCutBetweenCharacters() {
        assertThat(HtmlText.brief("\uD83D\uDE00\uD83D\uDE00\n<x>", 2)).isEqualTo("\uD83D\uDE00\uD83D\uDE00…");
    }
}
