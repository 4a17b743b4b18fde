package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MonitorProcessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vm1|vm1",
                "vm1,process=x|vm1",
                "guest=vm1,debug-threads=on|vm1",
                "debug-threads=on,guest=vm1|vm1",
                "a,,b|a,b",
                "guest=a,,b,process=c|a,b",
            })
    void findsTheNameInEveryForm(String value, String name) {
        assertThat(MonitorProcess.of(List.of("qemu", "-name", value)).name()).hasValue(name);
        assertThat(MonitorProcess.of(List.of("qemu", "--name", value)).name()).hasValue(name);
    }

    @Test
    void hasNoNameWhereNoneIsGiven() {
        assertThat(MonitorProcess.of(List.of("qemu", "-name", "debug-threads=on"))
                        .name())
                .isEmpty();
        assertThat(MonitorProcess.of(List.of("qemu", "-name")).name()).isEmpty();
        assertThat(MonitorProcess.of(List.of()).name()).isEmpty();
    }

    @Test
    void findsTheUuid() {
        assertThat(MonitorProcess.of(List.of("qemu", "-uuid", "u-1", "-S")).uuid())
                .isEqualTo("u-1");
        assertThat(MonitorProcess.of(List.of("qemu", "-S")).uuid()).isEmpty();
    }

    @Test
    void doesNotTakeWhoeverListensForAMachine() {
        assertThat(MonitorProcess.of(List.of("qemu", "-qmp", "unix:q")).hasMonitor())
                .isTrue();
        assertThat(MonitorProcess.of(List.of("/usr/sbin/libvirtd", "-d")).hasMonitor())
                .isFalse();
    }
}
