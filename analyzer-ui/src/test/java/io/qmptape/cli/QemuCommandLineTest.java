package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QemuCommandLineTest {
    private static final Path PRIVATE = Path.of("/tmp/a,b/q.sock");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-qmp unix:/run/vm.sock,server=on,wait=off",
                "--qmp unix:/run/vm.sock,server,nowait",
                "-qmp-pretty unix:/run/vm.sock,server=yes",
                "-chardev socket,id=m,path=/run/vm.sock,server=on -mon chardev=m,mode=control",
                "-mon m,mode=control -chardev socket,path=/run/vm.sock,server=on,id=m",
                "-chardev socket,id=m,server=on,path=/run/vm.sock -qmp chardev:m"
            })
    void findsAMonitorThatListensOnAUnixSocket(String options) {
        assertThat(qemu(options).monitors())
                .singleElement()
                .extracting(QemuCommandLine.Monitor::socket)
                .isEqualTo(Optional.of(Path.of("/run/vm.sock")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-qmp tcp:localhost:4444,server=on",
                "-qmp unix:/run/vm.sock",
                "-qmp unix:/run/vm.sock,server=off",
                "-qmp unix:/run/vm.sock,server=on,server=off",
                "-qmp stdio",
                "-chardev socket,id=m,fd=7,server=on -mon chardev=m,mode=control",
                "-chardev socket,id=m,path=vm,abstract=on,server=on -mon chardev=m,mode=control"
            })
    void knowsAMonitorThatIsReachedInAnotherWay(String options) {
        assertThat(qemu(options).monitors())
                .singleElement()
                .extracting(QemuCommandLine.Monitor::socket)
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-monitor unix:/run/hmp.sock,server=on,wait=off",
                "-chardev socket,id=s,path=/run/serial.sock,server=on -serial chardev:s",
                "-chardev socket,id=h,path=/run/hmp.sock,server=on -mon chardev=h,mode=readline",
                "-name -qmp"
            })
    void takesNothingElseForOne(String options) {
        assertThat(qemu(options).monitors()).isEmpty();
    }

    @Test
    void movesAMonitorAndKeepsEveryOtherWord() {
        QemuCommandLine qemu = new QemuCommandLine(List.of(
                "qemu", "-name", "a,,b", "-qmp", "unix:/run/v,,m.sock,server=on,wait=off,logfile=/l,,og", "-S"));

        QemuCommandLine moved = qemu.moved(qemu.monitors().get(0), PRIVATE);

        assertThat(qemu.monitors().get(0).socket()).contains(Path.of("/run/v,m.sock"));
        assertThat(moved.words())
                .containsExactly(
                        "qemu",
                        "-name",
                        "a,,b",
                        "-qmp",
                        "unix:/tmp/a,,b/q.sock,server=on,wait=off,logfile=/l,,og",
                        "-S");
    }

    @Test
    void addsAMonitorThatDoesNotKeepQemuWaiting() {
        QemuCommandLine more = qemu("-M none").withMonitor(PRIVATE);

        assertThat(more.words())
                .containsExactly("qemu", "-M", "none", "-qmp", "unix:/tmp/a,,b/q.sock,server=on,wait=off");
        assertThat(more.monitors())
                .singleElement()
                .extracting(QemuCommandLine.Monitor::socket)
                .isEqualTo(Optional.of(PRIVATE));
    }

    private static QemuCommandLine qemu(String options) {
        return new QemuCommandLine(List.of(("qemu " + options).split(" ", -1)));
    }
}
