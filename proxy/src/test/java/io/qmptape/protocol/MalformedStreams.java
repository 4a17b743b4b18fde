package io.qmptape.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Test kit: streams that are hardly QMP. */
public final class MalformedStreams {
    private static final String[] PIECES = {
        "{\"execute\": \"query-status\"}",
        "{'execute':'quit'}",
        "\r\n",
        " ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "0",
        "01",
        "-",
        "1.5e3",
        "0e1",
        "true",
        "nul",
        "inf",
        "-inf",
        "\u0001",
        "\u00ff",
        "é",
        "/",
        "\"a\\u00e9\"",
        "[1, 2, {\"x\": [null]}]",
        "\"\\ud83d\""
    };

    private MalformedStreams() {}

    public static Bytes random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(120); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return Bytes.lend(
                text.toString().getBytes(random.nextBoolean() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    /** What was sent to a real QEMU, a stream a connection. */
    public static Stream<Named<Bytes>> sentToQemu() throws IOException {
        return MalformedInputTest.connections()
                .map(one -> Named.of(one.getName(), one.getPayload().sent()));
    }
}
