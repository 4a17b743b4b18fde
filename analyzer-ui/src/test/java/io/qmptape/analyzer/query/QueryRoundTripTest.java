package io.qmptape.analyzer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRoundTripTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsBackEveryQueryThatItPrints(long seed) {
        RandomQueries queries = new RandomQueries(new Random(seed));

        for (int i = 0; i < 2_000; i++) {
            Query query = queries.query();
            assertThat(Query.parse(query.text()))
                    .as("seed %d, number %d: %s", seed, i, query.text())
                    .isEqualTo(query);
        }
    }

    @Test
    void answersAnyTextWithATreeOrASyntaxError() {
        long seed = 20261122;
        Random random = new Random(seed);
        String letters = "ab:*?\"()\\-<>=. \tORANDNOT0159seqlatencyarg…\ud83d\u0000";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThatCode(() -> readBack(text.toString()))
                    .as("seed %d, number %d: %s", seed, i, text)
                    .doesNotThrowAnyException();
        }
    }

    private static void readBack(String text) {
        try {
            Query query = Query.parse(text);
            assertThat(Query.parse(query.text())).isEqualTo(query);
        } catch (QuerySyntaxException wrong) {
            assertThat(wrong.position()).isBetween(0, text.length());
            assertThat(wrong.position() + wrong.length()).isBetween(0, text.length());
        }
    }
}
