package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.redaction.Redactor.Redacted;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Messages that are made to keep the recorder busy: QEMU takes two million tokens in one. */
final class HostileMessageTest {
    private static final int MANY = 200_000;
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Listening listening = new Listening(Redaction.with(RedactionKey.random()));

    @Test
    void masksManySecretsSoon() {
        String message =
                "{\"execute\":\"x\",\"arguments\":{\"all\":[" + "{\"password\":7},".repeat(MANY) + "0],\"end\":0}}";

        assertThat(soon(message, MANY)).contains("\"end\":0");
    }

    @Test
    void masksManyCredentialsInOneTextSoon() {
        String message = "{\"execute\":\"blockdev-add\",\"arguments\":{\"filename\":\"http://h/?"
                + "token=7&".repeat(MANY) + "\"}}";

        assertThat(soon(message, MANY)).contains("http://h/?token=");
    }

    @Test
    void masksSecretsWithinSecretsSoon() {
        int depth = 500;
        String message = "{\"execute\":\"x\",\"arguments\":" + "{\"password\":".repeat(depth) + "[" + "7,".repeat(MANY)
                + "7]" + "}".repeat(depth) + "}";

        assertThat(soon(message, 1)).doesNotContain("7,7");
    }

    @Test
    void looksForManySecretsInAnAnswerSoon() {
        StringBuilder secrets = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            secrets.append("{\"password\":\"secret-").append(i).append("\"},");
        }
        soon("{\"execute\":\"x\",\"arguments\":{\"all\":[" + secrets + "0]}}", MANY);

        Redacted answer = Assertions.assertTimeout(
                SOON, () -> listening.server("{\"return\":[" + "\"nothing of it\",".repeat(MANY) + "\"secret-7\"]}"));

        assertThat(Listening.text(answer)).doesNotContain("secret-7");
    }

    private String soon(String message, int masks) {
        Redacted redacted = Assertions.assertTimeout(SOON, () -> listening.client(message));
        assertThat(redacted.masked()).hasSize(masks);
        return Listening.text(redacted);
    }
}
