package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qmptape.testkit.Authority;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsDirectoryTest {
    @TempDir
    static Path shared;

    private static Authority authority;
    private static Path issued;

    @TempDir
    Path path;

    private TlsDirectory directory;

    @BeforeAll
    static void issue() {
        authority = Authority.in(shared.resolve("ca"));
        issued = authority.issueAll(shared.resolve("issued"));
    }

    @BeforeEach
    void copy() throws IOException {
        directory = new TlsDirectory(path);
        try (var files = Files.list(issued)) {
            for (Path file : files.toList()) {
                Files.copy(file, path.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void readsWhatOpensslWritesWithTheTextAroundIt() throws IOException {
        assertThat(path.resolve("server-cert.pem")).content().startsWith("Certificate:");

        assertThat(directory.authorities()).hasSize(1);
        assertThat(directory.revoked()).isEmpty();
        assertThat(directory.server().chain().get(0).getSubjectX500Principal().getName())
                .isEqualTo("CN=server,O=Tests");
        assertThat(directory.client()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa -traditional", "pkcs8 -topk8 -nocrypt"})
    void readsAKeyInBothForms(String command) throws IOException {
        Path key = path.resolve("server-key.pem");

        authority.run(command + " -in " + issued.resolve("server-key.pem") + " -out " + key);

        assertThat(directory.server().key())
                .isEqualTo(new TlsDirectory(issued).server().key());
    }

    @Test
    void doesWithoutAClientsCertificate() throws IOException {
        Files.delete(path.resolve("client-cert.pem"));
        Files.delete(path.resolve("client-key.pem"));

        assertThat(directory.client()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-cert.pem", "server-key.pem"})
    void namesTheFileThatIsMissing(String name) throws IOException {
        Files.delete(path.resolve(name));

        assertRefused(directory::server, "there is no " + path.resolve(name));
    }

    @Test
    void namesTheAuthoritiesWhenTheyAreMissing() throws IOException {
        Files.delete(path.resolve("ca-cert.pem"));

        assertRefused(directory::authorities, "there is no " + path.resolve("ca-cert.pem"));
    }

    @Test
    void saysThatAKeyDoesNotFit() throws IOException {
        Files.delete(path.resolve("server-key.pem"));
        Files.copy(path.resolve("client-key.pem"), path.resolve("server-key.pem"));

        assertRefused(directory::server, "is not the key of server-cert.pem");
    }

    @Test
    void saysThatACertificateHasExpired() {
        String[] past = {"-startdate", "20200101000000Z", "-enddate", "20210101000000Z"};

        authority.issue(path, "server", "DNS:old", past);

        assertRefused(directory::server, "has expired: it was valid until 2021-01-01");
    }

    @Test
    void saysThatACertificateIsNotValidYet() {
        String[] future = {"-startdate", "20900101000000Z", "-enddate", "20910101000000Z"};

        authority.issue(path, "client", "DNS:new", future);

        assertRefused(directory::client, "not valid yet: it will be from 2090-01-01");
    }

    @Test
    void saysWhatToDoWithAKeyThatNeedsAPassword() {
        authority.run("pkey -aes256 -passout pass:secret -in " + issued.resolve("server-key.pem") + " -out "
                + path.resolve("server-key.pem"));

        assertRefused(directory::server, "openssl pkey -in OLD -out NEW");
    }

    @Test
    void saysWhatToDoWithAKeyOfAnOldForm() {
        authority.run("ecparam -name prime256v1 -genkey -out " + path.resolve("server-key.pem"));

        assertRefused(directory::server, "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }

    @Test
    void saysThatAFileHoldsNoCertificate() throws IOException {
        Files.writeString(path.resolve("ca-cert.pem"), "nothing of the kind\n");

        assertRefused(directory::authorities, "ca-cert.pem holds no certificate");
    }

    @Test
    void saysThatAListOfTheRevokedHasExpired() {
        Path lost =
                authority.issue(shared.resolve("lost"), "client", "DNS:lost").resolve("client-cert.pem");

        authority.revoke(lost, path, "-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z");

        assertRefused(directory::revoked, "ca-crl.pem has expired: the next one was due 2020-02-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0\u0082\u0001\u00f20\u0081", "nothing of the kind\n"})
    void saysThatAFileHoldsNoListOfTheRevoked(String text) throws IOException {
        Files.writeString(path.resolve("ca-crl.pem"), text, StandardCharsets.ISO_8859_1);

        assertRefused(directory::revoked, "ca-crl.pem holds no list of the revoked");
    }

    @Test
    void saysThatTheSecondListOfTheRevokedWasCutOff() throws IOException {
        authority.revoke(
                authority.issue(shared.resolve("gone"), "client", "DNS:gone").resolve("client-cert.pem"), path);
        String list = Files.readString(path.resolve("ca-crl.pem"));

        Files.writeString(path.resolve("ca-crl.pem"), list + list.substring(0, list.length() / 2));

        assertRefused(directory::revoked, "ca-crl.pem is damaged: it was cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-crl.pem", "client-cert.pem"})
    void saysThatALinkLeadsNowhere(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
        Files.deleteIfExists(path.resolve("client-key.pem"));
        Files.createSymbolicLink(path.resolve(name), path.resolve("nowhere"));

        ThrowingCallable reading = name.startsWith("ca") ? directory::revoked : directory::client;
        assertRefused(reading, "there is no " + path.resolve(name));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsNeitherDirectoriesNorDevices() throws IOException {
        Files.createDirectory(path.resolve("ca-crl.pem"));
        Files.delete(path.resolve("server-key.pem"));
        Files.createSymbolicLink(path.resolve("server-key.pem"), Path.of("/dev/zero"));

        assertRefused(directory::revoked, "ca-crl.pem is no regular file");
        assertRefused(directory::server, "server-key.pem is no regular file");
    }

    @Test
    void readsNoHugeFile() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(path.resolve("ca-cert.pem").toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertRefused(directory::authorities, "ca-cert.pem is too big");
    }

    @Test
    void saysThatAFileIsDamaged() throws IOException {
        Files.writeString(
                path.resolve("ca-cert.pem"), "-----BEGIN CERTIFICATE-----\nMIIB=x\n-----END CERTIFICATE-----\n");

        assertRefused(directory::authorities, "ca-cert.pem is damaged");
    }

    private static void assertRefused(ThrowingCallable reading, String part) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(reading)
                .withMessageContaining(part)
                .withMessageNotContaining("\n");
    }
}
