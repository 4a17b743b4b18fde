package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void leavesTheExitCodeWhereAllWasWritten() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (StandardOutput out = new StandardOutput(written)) {
            out.write("µ".getBytes(StandardCharsets.UTF_8));

            assertThat(out.judge(Qmptape.DIFFERENT)).isEqualTo(Qmptape.DIFFERENT);
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("µ");
    }

    @Test
    void isTroubleWhereItCouldNotBeWritten() throws IOException {
        try (StandardOutput out = new StandardOutput(broken())) {
            assertThatThrownBy(() -> out.write('x')).hasMessage("Broken pipe");

            assertThat(out.judge(Qmptape.FINE)).isEqualTo(Qmptape.TROUBLE);
        }
    }

    private static OutputStream broken() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
    }
}
