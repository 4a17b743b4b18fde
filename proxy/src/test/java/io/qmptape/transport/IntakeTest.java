package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.OpenThing;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each look is a handful of system calls at most. */
final class IntakeTest {
    @TempDir
    Path directory;

    private final OpenThing pipe = OpenThing.pipe();
    private DescriptorWire sender;
    private Socket socket;
    private Intake intake;

    @BeforeEach
    void connect() throws IOException {
        Epoll.ensureAvailability();
        Path path = directory.resolve("s");
        try (DescriptorWire.Listening listening = DescriptorWire.listen(path)) {
            socket = Socket.newSocketDomain();
            socket.connect(new DomainSocketAddress(path.toString()));
            sender = listening.accept();
        }
        intake = new Intake(socket);
    }

    @AfterEach
    void disconnect() throws IOException {
        sender.close();
        socket.close();
        pipe.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2047, 2048, 2049, 40_000})
    void findsDescriptorsBehindManyPlainBytesWithTwoLooks(int plain) throws IOException {
        sender.send(Bytes.lend(new byte[plain]));
        sender.send("here", pipe.descriptor());

        assertThat(lookAndTake()).isEqualTo(plain);
        assertThat(intake.descriptors().isEmpty()).isTrue();
        assertThat(lookAndTake()).isEqualTo("here".length());
        try (Descriptors came = intake.descriptors()) {
            assertThat(came.kinds()).containsExactly(pipe.kind());
        }
    }

    @Test
    void findsThemBehindAHundredSmallPartsWithTwoLooks() throws IOException {
        for (int part = 0; part < 100; part++) {
            sender.send("{}\n");
        }
        sender.send("here", pipe.descriptor());

        assertThat(lookAndTake()).isEqualTo(300);
        assertThat(lookAndTake()).isEqualTo("here".length());
        intake.descriptors().close();
    }

    @Test
    void findsNothingThenTheEnd() throws IOException {
        assertThat(lookAndTake()).isZero();
        sender.finish();
        assertThat(lookAndTake()).isEqualTo(Intake.END);
    }

    private int lookAndTake() throws IOException {
        ByteBuf into = Unpooled.directBuffer(2048);
        try {
            int found = intake.look(into);
            intake.keep(into);
            intake.take();
            return found;
        } finally {
            into.release();
        }
    }
}
