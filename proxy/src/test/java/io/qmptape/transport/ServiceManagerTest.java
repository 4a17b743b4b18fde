package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.Installed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ServiceManagerTest {
    @TempDir
    Path directory;

    @Test
    void hearsOnASocketFile() throws IOException {
        String path = directory.resolve("notify").toString();

        hears("UNIX-RECV:" + path, path);
    }

    @Test
    void hearsOnAnAbstractSocket() throws IOException {
        String name = "qmptape-" + UUID.randomUUID();

        hears("ABSTRACT-RECV:" + name, "@" + name);
    }

    @Test
    void isNotMissedWhereThereIsNone() {
        ServiceManager.of(Map.of()).ready();
        ServiceManager.of(Map.of("NOTIFY_SOCKET", "")).ready();
        ServiceManager.of(Map.of("NOTIFY_SOCKET", directory + "/none")).ready();
    }

    private static void hears(String address, String socket) throws IOException {
        String socat = Installed.require("socat", "socat").toString();
        Process manager = new ProcessBuilder(socat, "-dd", "-T10", "-u", address, "STDOUT").start();
        try (BufferedReader heard = manager.inputReader(StandardCharsets.UTF_8);
                BufferedReader talk = manager.errorReader(StandardCharsets.UTF_8)) {
            String line = talk.readLine();
            while (line != null && !line.contains("starting data transfer loop")) {
                line = talk.readLine();
            }
            ServiceManager told = ServiceManager.of(Map.of("NOTIFY_SOCKET", socket));

            told.ready();
            told.stopping();

            assertThat(heard.readLine()).isEqualTo("READY=1");
            assertThat(heard.readLine()).isEqualTo("STOPPING=1");
        } finally {
            manager.destroyForcibly();
        }
    }
}
