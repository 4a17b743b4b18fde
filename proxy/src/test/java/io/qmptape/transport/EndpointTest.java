package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @Test
    void readsEveryForm() {
        assertThat(Endpoint.parse("unix:/run/vm.sock")).isEqualTo(new UnixEndpoint(Path.of("/run/vm.sock")));
        assertThat(Endpoint.parse("run/vm.sock")).isEqualTo(new UnixEndpoint(Path.of("run/vm.sock")));
        assertThat(Endpoint.parse("unix:@vm")).isEqualTo(new AbstractEndpoint("vm"));
        assertThat(Endpoint.parse("tcp:localhost:4444")).isEqualTo(new TcpEndpoint("localhost", 4444));
        assertThat(Endpoint.parse("tcp:[::1]:0")).isEqualTo(new TcpEndpoint("::1", 0));
        TcpEndpoint carrier = new TcpEndpoint("vm.example", 4444);
        assertThat(Endpoint.parse("tls:vm.example:4444"))
                .isEqualTo(new TlsEndpoint(carrier, Path.of("/etc/pki/qemu"), true));
        assertThat(Endpoint.parse("tls:vm.example:4444,creds=a,,b,verify-peer=off"))
                .isEqualTo(new TlsEndpoint(carrier, Path.of("a,b"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:/run/vm.sock",
                "unix:./a:b",
                "unix:@vm",
                "tcp:h:1",
                "tcp:[fe80::1%eth0]:65535",
                "tls:h:1",
                "tls:[::1]:1,creds=/a,,b=c,verify-peer=off",
                "connect:tls:h:1,creds=d",
                "fd:3",
                "listen:unix:/q",
                "connect:tcp:h:1",
                "listen:fd:4"
            })
    void givesTheCanonicalFormBack(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
        assertThat(Endpoint.parse("./q")).hasToString("unix:./q");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|not empty",
                "unix:|needs a path",
                "unix:@|needs a name",
                "tcp:localhost|tcp:host:port",
                "tcp:::1:4444|tcp:[::1]:port",
                "tcp::4444|needs a host",
                "tcp:h:x|not 'x'",
                "tcp:h:65536|not 65536",
                "tcp:h:-1|not -1",
                "tls:h|write tls:host:port",
                "tls:h:x|not 'x'",
                "tls:h:1,crds=/d|has no option 'crds=/d'",
                "tls:h:1,|has no option ''",
                "tls:h:1,creds=|needs a directory",
                "tls:h:1,verify-peer=no|on or off, not 'no'",
                "fd:x|the number of a descriptor",
                "fd:2|cannot be a socket to listen on",
                "fd:systemd|start it by a socket unit",
                "listen:|not empty",
                "listen:connect:/q|says twice who listens",
                "localhost:4444|'localhost:4444' is no endpoint",
            })
    void saysInOneLineWhatIsWrong(String text, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessageContaining(part)
                .withMessageNotContaining("\n");
    }

    @Test
    void refusesAPathThatNoSocketCanHave() {
        assertThat(Endpoint.parse("/" + "a".repeat(106))).isInstanceOf(UnixEndpoint.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("/" + "a".repeat(105) + "é"))
                .withMessageContaining("at most 107 bytes, this one has 108");
    }
}
