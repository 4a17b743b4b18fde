package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerCertificateTest {
    @ParameterizedTest
    @ValueSource(ints = {'\n', 0x1b, 0x7f, 0x9b, 0x200b, 0x2028, 0x202e, 0xfeff})
    void keepsOutOfANameWhatAReaderWouldNotSee(int character) {
        assertThat(PeerCertificate.printable("CN=a" + Character.toString(character) + "b"))
                .isEqualTo("CN=a?b");
    }

    @Test
    void keepsNamesOfAllLanguages() {
        String name = "CN=Jürgen Müller,O=вм 仮想";

        assertThat(PeerCertificate.printable(name)).isEqualTo(name);
    }
}
