package io.qmptape.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A TLS server that looks at nothing itself, its own certificate included. Owns the process. */
public final class OpensslServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private OpensslServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where openssl is not installed. */
    public static OpensslServer start(Path credentials) {
        Path openssl = Installed.require("openssl", "openssl");
        try {
            Process process = new ProcessBuilder(
                            openssl.toString(),
                            "s_server",
                            "-accept",
                            "127.0.0.1:0",
                            "-cert",
                            credentials.resolve("server-cert.pem").toString(),
                            "-key",
                            credentials.resolve("server-key.pem").toString())
                    .redirectErrorStream(true)
                    .start();
            return new OpensslServer(process, portOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** It says {@code ACCEPT 127.0.0.1:port} when it listens. */
    private static int portOf(Process process) throws IOException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ACCEPT")) {
                return Integer.parseInt(
                        line.substring(line.lastIndexOf(':') + 1).trim());
            }
        }
        throw new AssertionError("openssl s_server did not listen");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
