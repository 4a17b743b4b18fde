package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.handover.Receipt;
import io.qmptape.handover.Standing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scribe that goes on for one that is gone makes the records that the other would have made. */
final class ResumedScribeTest {
    private static final List<String> ASKED = List.of(
            "{\"execute\": \"query-status\"}\n",
            "{\"execute\": \"query-status\", \"id\": 1}",
            "{\"execute\": \"set_password\", \"arguments\": {\"protocol\": \"vnc\", \"password\": \"s3cr3t-word\"}}\r\n",
            "{\"execute\": }{\"execute\": \"stop\"}",
            "  \n");
    private static final List<String> ANSWERED = List.of(
            "{\"return\": {}}\r\n",
            "{\"return\": {}, \"id\": 1}\r\n",
            "{\"error\": {\"class\": \"GenericError\", \"desc\": \"s3cr3t-word is no password\"}}\r\n",
            "{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}\r\n",
            "{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, x\"}}\r\n");

    private final SessionId session = SessionId.random();
    private final Redaction redaction = Redaction.with(RedactionKey.random());

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void makesTheSameOfTheRest(int seed) {
        Random random = new Random(seed);
        List<Traffic.Read> reads = talk(random);
        List<SessionRecord> whole = new ArrayList<>();
        SessionScribe first = scribe((record, behind) -> whole.add(record));
        int deadAfter = random.nextInt(reads.size());
        Receipt receipt = Receipt.none(session);
        int onTape = 0;
        for (int i = 0; i < reads.size(); i++) {
            first.read(reads.get(i));
            if (i <= deadAfter && random.nextInt(4) == 0) {
                receipt = receipt(first.reached());
            }
            if (i == deadAfter) {
                // what was told last is on the tape, and perhaps some more of what came since
                onTape = whole.size();
            }
        }

        List<SessionRecord> rest = new ArrayList<>();
        SessionScribe second = scribe((record, behind) -> {});
        second.resume(
                before(reads, receipt.safe()),
                receipt,
                tapeWith(onTape),
                new Overlap(tapeWith(onTape), receipt.written(), (record, behind) -> rest.add(record), behind -> {}));
        behind(reads, receipt.safe()).forEach(second::read);

        assertThat(rest).isEqualTo(whole.subList(onTape, whole.size()));
    }

    /** Else an answer could tell what the command hid. */
    @Test
    void masksWhatMayRepeatASecretThatNobodyRemembers() {
        List<SessionRecord> records = new ArrayList<>();
        SessionScribe scribe = scribe((record, behind) -> {});
        Receipt unclean = new Receipt(session, 5, new Standing(9, 100, 100), 1, Standing.BEGINNING, "", false);
        scribe.resume(List.of(), unclean, OnTape.nothing(), (record, behind) -> records.add(record));

        scribe.read(read(Direction.CLIENT_TO_SERVER, "{\"execute\": \"query-status\"}"));
        scribe.read(read(Direction.SERVER_TO_CLIENT, ANSWERED.get(2)));
        scribe.read(read(Direction.SERVER_TO_CLIENT, "{\"return\": {\"status\": \"running\"}}"));

        assertThat(text(records.get(1))).doesNotContain("s3cr3t-word").contains("[masked:");
        assertThat(text(records.get(2))).isEqualTo("\r\n{\"return\": {\"status\": \"running\"}}");
    }

    /** A command with a secret may have been among the bytes that are missing. */
    @Test
    void masksAnswersBehindAGapInWhatTheClientSent() {
        List<SessionRecord> records = new ArrayList<>();
        SessionScribe scribe = scribe((record, behind) -> records.add(record));

        scribe.lost(new Traffic.Lost(session, Direction.CLIENT_TO_SERVER, 0, 90, 1, 2), "queue full");
        scribe.read(read(Direction.CLIENT_TO_SERVER, "{\"execute\": \"query-status\"}"));
        scribe.read(read(Direction.SERVER_TO_CLIENT, ANSWERED.get(2)));

        assertThat(text(records.get(2))).doesNotContain("s3cr3t-word").contains("[masked:");
    }

    private SessionScribe scribe(RecordSink sink) {
        return new SessionScribe(session, Judging.none(), new Redactor(redaction), sink);
    }

    private List<Traffic.Read> talk(Random random) {
        List<Traffic.Read> reads = new ArrayList<>();
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            boolean isAsked = random.nextBoolean();
            List<String> from = isAsked ? ASKED : ANSWERED;
            left.setLength(0);
            for (int n = random.nextInt(3); n >= 0; n--) {
                left.append(from.get(random.nextInt(from.size())));
            }
            Direction direction = isAsked ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
            while (!left.isEmpty()) {
                int length = 1 + random.nextInt(left.length());
                reads.add(read(direction, left.substring(0, length)));
                left.delete(0, length);
            }
        }
        return reads;
    }

    private Traffic.Read read(Direction direction, String text) {
        return new Traffic.Read(session, direction, text.length(), Bytes.utf8(text), List.of());
    }

    private Receipt receipt(Reached reached) {
        return new Receipt(
                session, reached.items(), reached.safe(), reached.unanswered(), reached.safe(), "reel", false);
    }

    private static OnTape tapeWith(int frames) {
        return new OnTape("reel", Bytes.EMPTY, frames, 0, Set.of(), Set.of(), false);
    }

    private static List<Traffic.Read> before(List<Traffic.Read> reads, Standing place) {
        return cut(reads, place, true);
    }

    private static List<Traffic.Read> behind(List<Traffic.Read> reads, Standing place) {
        return cut(reads, place, false);
    }

    private static List<Traffic.Read> cut(List<Traffic.Read> reads, Standing place, boolean isFront) {
        Map<Direction, Long> at = new EnumMap<>(Direction.class);
        List<Traffic.Read> parts = new ArrayList<>();
        for (Traffic.Read read : reads) {
            int length = read.bytes().length();
            long from = at.merge(read.direction(), (long) length, Long::sum) - length;
            int split = (int) Math.max(0, Math.min(length, place.bytes(read.direction()) - from));
            Bytes part = isFront ? read.bytes().slice(0, split) : read.bytes().from(split);
            Optional.of(part)
                    .filter(bytes -> !bytes.isEmpty())
                    .ifPresent(bytes -> parts.add(new Traffic.Read(
                            read.session(), read.direction(), read.atNanos(), bytes, read.descriptors())));
        }
        return parts;
    }

    private static String text(SessionRecord record) {
        return ((FrameRecorded) record).frame().bytes().text();
    }
}
