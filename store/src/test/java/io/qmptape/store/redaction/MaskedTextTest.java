package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskedTextTest {
    private static final String STAND_IN = "[masked]";
    private static final int MANY = 10_000;

    @ParameterizedTest
    @CsvSource({
        "http://[masked]@h/, http://me:x@h/, me:x",
        "http://[masked]@h/, http://me@x@h/, me@x",
        "a=[masked]&b=[masked], a=1&b=2, 1 2",
        "a=[masked]&b=[masked], a=1&b=2&b=3, 1&b=2 3",
        "[masked][masked], xyz, xy z",
        "http://[masked]@h/, http://me:x@other/,",
        "http://[masked]@h/, http://@h/,",
        "aa[masked]aa, aaa,",
    })
    void saysWhatStandsInPlaceOfTheStandIns(String recorded, String other, String parts) {
        assertThat(masked(recorded).partsOf(other).map(found -> String.join(" ", found)))
                .isEqualTo(Optional.ofNullable(parts));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsWhatAPatternWouldFind(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            List<String> around = IntStream.rangeClosed(0, 1 + random.nextInt(3))
                    .mapToObj(text -> letters(random, random.nextInt(4)))
                    .toList();
            String other = letters(random, random.nextInt(12));

            assertThat(masked(String.join(STAND_IN, around)).partsOf(other))
                    .as("seed %d: %s in %s", seed, around, other)
                    .isEqualTo(byPattern(around, other));
        }
    }

    @Test
    @Timeout(10)
    void answersSoonHoweverManyStandInsThereAre() {
        String fit = "a" + STAND_IN;
        String similar = "a".repeat(10 * MANY);

        assertThat(masked(fit.repeat(MANY)).partsOf(similar).orElseThrow()).hasSize(MANY);
        assertThat(masked(fit.repeat(MANY) + "b" + STAND_IN).partsOf(similar)).isEmpty();
        assertThat(masked("a" + fit.repeat(MANY)).partsOf("ab".repeat(MANY) + "b"))
                .isEmpty();
    }

    @Test
    @Timeout(10)
    void answersSoonHoweverLongTheTextBetweenThemIs() {
        String almost = "b" + "a".repeat(50 * MANY);

        assertThat(masked(STAND_IN + almost + STAND_IN).partsOf("a".repeat(200 * MANY)))
                .isEmpty();
    }

    private static Optional<List<String>> byPattern(List<String> around, String other) {
        String regex = around.stream().map(Pattern::quote).collect(Collectors.joining("(.+)"));
        Matcher matcher = Pattern.compile(regex).matcher(other);
        return matcher.matches()
                ? Optional.of(IntStream.range(1, around.size())
                        .mapToObj(matcher::group)
                        .toList())
                : Optional.empty();
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 0, 2).mapToObj(bit -> bit == 0 ? "a" : "b").collect(Collectors.joining());
    }

    private static MaskedText masked(String text) {
        Bytes frame = Bytes.utf8("\"" + text + "\"");
        Json value = JsonReader.read(frame, Direction.CLIENT_TO_SERVER).orElseThrow();
        List<Masked> masks = new ArrayList<>();
        for (int at = text.indexOf(STAND_IN); at >= 0; at = text.indexOf(STAND_IN, at + 1)) {
            masks.add(new Masked("$", "string", new Span(at + 1, at + 1 + STAND_IN.length())));
        }
        return MaskedText.of(frame, value, masks).orElseThrow();
    }
}
