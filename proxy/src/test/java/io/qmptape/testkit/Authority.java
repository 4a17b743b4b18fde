package io.qmptape.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Issues certificates, with openssl and as its users do, into directories that are laid out as for QEMU's
 * {@code tls-creds-x509}. Its own files are the test's.
 */
public final class Authority {
    private static final String ELLIPTIC = "ec -pkeyopt ec_paramgen_curve:P-256";

    private static final String CONFIGURATION = """
            [ca]
            default_ca = this
            [this]
            database = index.txt
            new_certs_dir = .
            certificate = ca-cert.pem
            private_key = ca-key.pem
            default_md = sha256
            default_days = 30
            default_crl_days = 30
            rand_serial = yes
            unique_subject = no
            copy_extensions = copy
            policy = any
            [any]
            organizationName = optional
            commonName = supplied
            """;

    private final Path directory;
    private final Path openssl;

    private Authority(Path directory, Path openssl) {
        this.directory = directory;
        this.openssl = openssl;
    }

    /** Skips the test where openssl is not installed. */
    public static Authority in(Path directory) {
        Authority authority = new Authority(directory, Installed.require("openssl", "openssl"));
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("ca.conf"), CONFIGURATION);
            Files.createFile(directory.resolve("index.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        authority.run("req -x509 -newkey " + ELLIPTIC + " -nodes -days 30 -subj /CN=test-authority"
                + " -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca-key.pem -out ca-cert.pem");
        return authority;
    }

    /** A directory with all that either end needs on this host, with RSA keys. */
    public Path issueAll(Path into) {
        issue(into, "server", "IP:127.0.0.1,DNS:localhost");
        issue(into, "client", "DNS:client");
        return into;
    }

    /** The same, but the client's key is one of elliptic curves. */
    public Path issueAllForAnEllipticClient(Path into) {
        issueAll(into);
        issue(ELLIPTIC, into, "client", "DNS:client");
        return into;
    }

    /**
     * @param role {@code server} or {@code client}
     * @param names as {@code IP:127.0.0.1,DNS:localhost}
     * @param more options of {@code openssl ca}
     */
    public Path issue(Path into, String role, String names, String... more) {
        return issue("rsa:2048", into, role, names, more);
    }

    private Path issue(String key, Path into, String role, String names, String... more) {
        trustedIn(into);
        run("req -new -newkey " + key + " -nodes -subj /O=Tests/CN=" + role + " -addext subjectAltName=" + names
                + " -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=" + role + "Auth -keyout "
                + into.resolve(role + "-key.pem") + " -out request.pem");
        run("ca -config ca.conf -batch -in request.pem -out " + into.resolve(role + "-cert.pem") + " "
                + String.join(" ", more));
        return into;
    }

    /** A directory, new or not, whose owner believes this authority. */
    public Path trustedIn(Path into) {
        try {
            Files.createDirectories(into);
            Files.copy(
                    directory.resolve("ca-cert.pem"), into.resolve("ca-cert.pem"), StandardCopyOption.REPLACE_EXISTING);
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes it back, and says so in the {@code ca-crl.pem} of that directory.
     *
     * @param more options of {@code openssl ca}
     */
    public void revoke(Path certificate, Path into, String... more) {
        run("ca -config ca.conf -revoke " + certificate);
        run("ca -config ca.conf -gencrl -out " + into.resolve("ca-crl.pem") + " " + String.join(" ", more));
    }

    /** Runs openssl with its words, none of which has a blank in it. */
    public void run(String words) {
        List<String> command = new ArrayList<>(List.of(openssl.toString()));
        command.addAll(List.of(words.trim().split(" +", -1)));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
