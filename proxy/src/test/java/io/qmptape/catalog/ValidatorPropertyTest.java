package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes over the wire, judging ends with a bounded list. */
final class ValidatorPropertyTest {
    private static final List<String> PIECES = List.of(
            "{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}}",
            "{'QMP': {'version': {'qemu': {'micro': 0, 'minor': 1, 'major': 2}}, 'capabilities': [1, 'oob']}}",
            "{'execute': 'query-block', 'id': 1}",
            "{'exec-oob': 'block_resize', 'arguments': {'size': 1e400, 'device': [null]}, 'id': {}}",
            "{'return': [{'device': {}, 'inserted': {'image': {'snapshots': [{}, 1]}}}], 'id': 1.0}",
            "{'return': 5}",
            "{'error': {'class': 1}}",
            "{'event': 'VNC_CONNECTED', 'data': {'server': [], 'client': {'host': 2}}}",
            "[[}",
            "\u0001");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_140_801})
    void judgesAnything(long seed) {
        Random random = new Random(seed);
        Conversation talk = new Conversation();

        for (int i = 0; i < 5_000; i++) {
            byte[] piece = Bytes.utf8(PIECES.get(random.nextInt(PIECES.size()))).toArray();
            for (int spoiled = random.nextInt(3); spoiled > 0; spoiled--) {
                piece[random.nextInt(piece.length)] = (byte) random.nextInt(256);
            }
            assertThat(talk.hear(
                            random.nextBoolean() ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT,
                            Bytes.lend(piece)))
                    .allSatisfy(judged -> assertThat(judged.findings()).hasSizeLessThanOrEqualTo(100));
        }
    }
}
