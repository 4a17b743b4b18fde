package io.qmptape.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.qmptape.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One end of a unix connection that can pass file descriptors, for a test that talks by hand. All waiting has a limit. One
 * thread may send while another one receives.
 */
public final class DescriptorWire implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int STALL_MILLIS = 400;
    private static final int EAGAIN = 11;
    private static final int ECONNRESET = 104;
    private static final int MAX_DESCRIPTORS = 253;
    private static final int CONTROL_HEAD = 16;

    /**
     * What one receive brought.
     *
     * @param descriptors open in this process; the test closes them
     */
    public record Part(Bytes bytes, List<Integer> descriptors) {}

    private final LibC system = LibC.INSTANCE;
    private final int socket;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private DescriptorWire(int socket) {
        this.socket = socket;
        limit(LibC.SO_RCVTIMEO, LIMIT_MILLIS);
        limit(LibC.SO_SNDTIMEO, LIMIT_MILLIS);
    }

    /** @param endpoint {@code unix:/path} */
    public static DescriptorWire to(String endpoint) {
        int socket = newSocket();
        byte[] address = address(endpoint);
        LibC.INSTANCE.connect(socket, address, address.length);
        return new DescriptorWire(socket);
    }

    /** A monitor's socket, at which a test accepts. */
    public static Listening listen(Path path) {
        int socket = newSocket();
        byte[] address = address("unix:" + path);
        LibC.INSTANCE.bind(socket, address, address.length);
        LibC.INSTANCE.listen(socket, 8);
        return new Listening("unix:" + path, new DescriptorWire(socket));
    }

    /** Waits for the next connection, but not for ever. */
    public record Listening(String endpoint, DescriptorWire wire) implements AutoCloseable {
        public DescriptorWire accept() {
            return new DescriptorWire(LibC.INSTANCE.accept4(wire.socket, 0, 0, LibC.SOCK_CLOEXEC));
        }

        /** Its descriptor's number, for somebody else to close. */
        public int handedOver() {
            wire.isClosed.set(true);
            return wire.socket;
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    public DescriptorWire send(String text, int... descriptors) {
        return send(Bytes.utf8(text), descriptors);
    }

    /** Descriptors go with the first byte; they stay open here. */
    public DescriptorWire send(Bytes bytes, int... descriptors) {
        int sent = sendSome(bytes, descriptors);
        if (sent < bytes.length()) {
            throw new AssertionError("only " + sent + " of " + bytes.length() + " bytes could be sent in time");
        }
        return this;
    }

    /**
     * Sends the same again and again until the other side takes nothing for a while.
     *
     * @param small goes as a whole or not at all
     * @return how often it went
     */
    public int sendUntilStalled(Bytes small, int... descriptors) {
        limit(LibC.SO_SNDTIMEO, STALL_MILLIS);
        int sent = 0;
        while (sendSome(small, descriptors) == small.length()) {
            sent++;
        }
        return sent;
    }

    private int sendSome(Bytes bytes, int... descriptors) {
        int at = 0;
        try (Memory copy = new Memory(bytes.length());
                Memory control = new Memory(CONTROL_HEAD + 4L * MAX_DESCRIPTORS + 4)) {
            copy.write(0, bytes.toArray(), 0, bytes.length());
            while (at < bytes.length()) {
                LibC.Message message = message(copy.share(at), bytes.length() - at);
                if (at == 0 && descriptors.length > 0) {
                    control.setLong(0, CONTROL_HEAD + 4L * descriptors.length);
                    control.setInt(8, LibC.SOL_SOCKET);
                    control.setInt(12, LibC.SCM_RIGHTS);
                    control.write(CONTROL_HEAD, descriptors, 0, descriptors.length);
                    message.control = control;
                    message.controlLength = CONTROL_HEAD + 4L * descriptors.length;
                }
                at += (int) system.sendmsg(socket, message, LibC.MSG_NOSIGNAL);
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != EAGAIN) {
                throw e;
            }
        }
        return at;
    }

    /** The next bytes, at most so many; descriptors came with one of them. Empty at the end of the stream; a reset is an end. */
    public Part receive(int atMost) {
        try (Memory bytes = new Memory(atMost);
                Memory control = new Memory(CONTROL_HEAD + 4L * MAX_DESCRIPTORS + 4)) {
            LibC.Message message = message(bytes, atMost);
            message.control = control;
            message.controlLength = control.size();
            int count = (int) system.recvmsg(socket, message, LibC.MSG_CMSG_CLOEXEC);
            if ((message.flags & LibC.MSG_CTRUNC) != 0) {
                throw new AssertionError("descriptors were lost on the way into the test");
            }
            return new Part(Bytes.lend(bytes.getByteArray(0, count)), descriptors(message, control));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ECONNRESET) {
                return new Part(Bytes.EMPTY, List.of());
            }
            if (e.getErrorCode() == EAGAIN) {
                throw new AssertionError("nothing came for " + LIMIT_MILLIS / 1000 + " s", e);
            }
            throw e;
        }
    }

    /** Exactly one byte and what came with it. */
    public Part receiveOne() {
        Part part = receive(1);
        if (part.bytes().length() == 0) {
            throw new AssertionError("the stream ended");
        }
        return part;
    }

    /** Up to and with the next line feed. Descriptors are not awaited. */
    public String line() {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
            line.append((char) receiveOne().bytes().at(0));
        }
        return line.toString();
    }

    /** Sends no more. */
    public DescriptorWire finish() {
        system.shutdown(socket, LibC.SHUT_WR);
        return this;
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            system.close(socket);
        }
    }

    private void limit(int direction, int millis) {
        long[] time = {millis / 1000, millis % 1000 * 1000L};
        system.setsockopt(socket, LibC.SOL_SOCKET, direction, time, 2 * Long.BYTES);
    }

    private static List<Integer> descriptors(LibC.Message message, Memory control) {
        List<Integer> numbers = new ArrayList<>();
        if (message.controlLength > CONTROL_HEAD) {
            long count = (control.getLong(0) - CONTROL_HEAD) / 4;
            for (int i = 0; i < count; i++) {
                numbers.add(control.getInt(CONTROL_HEAD + 4L * i));
            }
        }
        return numbers;
    }

    private static LibC.Message message(Pointer bytes, long length) {
        LibC.Message message = new LibC.Message();
        message.vector.base = bytes;
        message.vector.length = length;
        return message;
    }

    private static int newSocket() {
        return LibC.INSTANCE.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
    }

    private static byte[] address(String endpoint) {
        byte[] path = endpoint.substring("unix:".length()).getBytes(StandardCharsets.UTF_8);
        byte[] address = new byte[2 + path.length + 1];
        address[0] = LibC.AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        return address;
    }
}
