package io.qmptape.cli;

import io.qmptape.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Cases with their secrets filled in, sent one after the other, and every form in which a secret may turn up again. */
final class SentSecrets {
    private static final int PIPELINED = 8;
    private static final int MAX_NUMBER = 12;

    private final List<String> texts = new ArrayList<>();
    /** By what it belongs to. */
    private final Map<String, String> marks = new LinkedHashMap<>();

    /** @param seed of the secrets: no two are alike, nor like those of another seed */
    SentSecrets(long seed, List<String> cases) {
        Random random = new Random(seed);
        for (String text : cases) {
            texts.add(filled(text, random));
        }
    }

    private String filled(String text, Random random) {
        // letters and digits without order: what is compressed stays as it is
        String mark = "k" + Long.toString(random.nextLong() >>> 1, 36) + Long.toString(random.nextLong() >>> 1, 36);
        String base64 = Base64.getEncoder().encodeToString(mark.getBytes(StandardCharsets.US_ASCII));
        String escaped = mark.chars()
                .mapToObj(c -> String.format(Locale.ROOT, "\\u%04X", c))
                .collect(Collectors.joining());
        String number = Long.toString(100_000_000_000L + (random.nextLong() >>> 28));
        note(text, "@m", mark);
        note(text, "@b", mark, base64);
        note(text, "@u", mark, escaped);
        note(text, "@n", number);
        return text.replace('\'', '"')
                .replace("@m", mark)
                .replace("@b", base64)
                .replace("@u", escaped)
                .replace("@n", number);
    }

    private void note(String text, String place, String... forms) {
        for (String form : forms) {
            if (text.contains(place)) {
                marks.put(form, text);
            }
        }
    }

    /** The forms of all secrets, with the case that each belongs to. */
    Map<String, String> marks() {
        return marks;
    }

    /** Also halves: a secret may be cut in two on its way. Half a number may be anything. */
    Map<String, String> traces() {
        Map<String, String> traces = new LinkedHashMap<>(marks);
        marks.forEach((mark, text) -> {
            if (mark.length() > MAX_NUMBER) {
                traces.put(mark.substring(0, mark.length() / 2), text);
                traces.put(mark.substring(mark.length() / 2), text);
            }
        });
        return traces;
    }

    /** Sends all, each when the one before was answered; then the first ones again, together. */
    void sendTo(String endpoint) {
        try (Wire wire = Wire.to(endpoint)) {
            wire.send("{\"execute\":\"qmp_capabilities\",\"id\":\"begin\"}\n");
            await(wire, "begin");
            for (int i = 0; i < texts.size(); i++) {
                for (String part : texts.get(i).split("@\\|", -1)) {
                    wire.send(part);
                }
                wire.send("\n{\"execute\":\"query-name\",\"id\":\"after-" + i + "\"}\n");
                await(wire, "after-" + i);
            }
            wire.send(String.join("", texts.subList(0, PIPELINED)) + "{\"execute\":\"query-name\",\"id\":\"end\"}");
            await(wire, "end");
        }
    }

    private static void await(Wire wire, String id) {
        while (!wire.line().contains("\"id\": \"" + id + "\"")) {
            // the answers before it
        }
    }
}
