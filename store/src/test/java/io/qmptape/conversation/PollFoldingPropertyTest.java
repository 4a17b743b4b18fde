package io.qmptape.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over random sessions; a failure names its seed. */
final class PollFoldingPropertyTest {
    private static final String[] COMMANDS = {"query-jobs", "query-status", "query-block-jobs", "qom-get", "stop"};
    private static final String[] ANSWERS = {"[]", "{\"a\": 1}", "{\"a\": %d}", "{\"a\": \"x\"}", "[%d, true]"};

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void unfoldingGivesAllRecordsBackInTheirOrder(long seed) {
        List<SessionRecord> records = records(new Random(seed));

        List<FoldedRow> rows = PollFoldingTest.rows(records);

        assertThat(unfolded(rows, records)).isEqualTo(records);
        assertThat(PollFoldingTest.folds(rows)).allSatisfy(fold -> {
            assertThat(fold.count()).isGreaterThanOrEqualTo(3);
            assertThat(fold.frames()).isEqualTo(2 * fold.count());
            assertThat(fold.polls())
                    .allSatisfy(polls -> assertThat(polls.count()).isGreaterThan(1));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsGivenAndWhatGrowsIsAlwaysTheBeginning(long seed) {
        Random random = new Random(seed);
        List<SessionRecord> records = records(random);
        List<FoldedRow> rows = new ArrayList<>();
        PollFolding folding = new PollFolding(rows::add);

        for (int i = 0; i < records.size(); i++) {
            folding.accept(records.get(i));
            if (random.nextInt(5) == 0) {
                List<FoldedRow> soFar = new ArrayList<>(rows);
                folding.growing().ifPresent(soFar::add);
                List<SessionRecord> seen = records.subList(0, i + 1);
                assertThat(seen).startsWith(unfolded(soFar, seen).toArray(new SessionRecord[0]));
            }
        }
        folding.end();

        assertThat(rows).as("looking changes nothing").isEqualTo(PollFoldingTest.rows(records));
    }

    /** Each fold replaced by as many records as it says it stands for; it names the first and the last frame of them. */
    private static List<SessionRecord> unfolded(List<FoldedRow> rows, List<SessionRecord> records) {
        List<SessionRecord> all = new ArrayList<>();
        for (FoldedRow row : rows) {
            if (row instanceof FoldedRow.Plain plain) {
                all.add(plain.record());
            } else if (row instanceof PollFold fold) {
                List<SessionRecord> inside = records.subList(all.size(), all.size() + (int) fold.records());
                List<Long> sequences = inside.stream()
                        .filter(FrameRecorded.class::isInstance)
                        .map(frame -> ((FrameRecorded) frame).sequence())
                        .toList();
                assertThat(sequences)
                        .isEqualTo(LongStream.rangeClosed(fold.first(), fold.last())
                                .boxed()
                                .toList());
                all.addAll(inside);
            }
        }
        return all;
    }

    private static List<SessionRecord> records(Random random) {
        if (random.nextInt(3) == 0) {
            return Sessions.random(random);
        }
        PolledSession session = new PolledSession();
        int cycle = 1 + random.nextInt(COMMANDS.length - 1);
        for (int i = random.nextInt(200); i > 0; i--) {
            String command = COMMANDS[i % cycle];
            session.after(Duration.ofMillis(random.nextInt(100)));
            switch (random.nextInt(40)) {
                case 0 -> session.server("{\"event\": \"STOP\"}");
                case 1 -> session.clockRead(random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1));
                case 2 -> session.gap().lost(random.nextInt(3));
                case 3 -> session.client("{\"execute\": \"" + command + "\"}");
                case 4 -> session.poll("stop", "{}");
                default -> session.poll(command, answer(random, command));
            }
        }
        return session.closed().records();
    }

    /** Mostly the one that goes with the command. */
    private static String answer(Random random, String command) {
        int usual = Math.floorMod(command.hashCode(), ANSWERS.length);
        String answer = ANSWERS[random.nextInt(20) == 0 ? random.nextInt(ANSWERS.length) : usual];
        return answer.replace("%d", Integer.toString(random.nextInt()));
    }
}
