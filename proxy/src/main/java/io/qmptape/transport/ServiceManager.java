package io.qmptape.transport;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that started this process how far it is, as sd_notify(3) has it. Says nothing where none wants to
 * know; where it cannot be told, the log does. Safe for all threads.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final Optional<String> socket;

    private ServiceManager(Optional<String> socket) {
        this.socket = socket;
    }

    public static ServiceManager ofThisProcess() {
        return of(System.getenv());
    }

    static ServiceManager of(Map<String, String> environment) {
        return new ServiceManager(
                Optional.ofNullable(environment.get("NOTIFY_SOCKET")).filter(name -> !name.isEmpty()));
    }

    /** Clients can come. */
    public void ready() {
        tell("READY=1");
    }

    /** The end has begun; how long it takes is up to the open sessions. */
    public void stopping() {
        tell("STOPPING=1");
    }

    private void tell(String state) {
        socket.ifPresent(name -> {
            try {
                send(state + "\n", name);
            } catch (IOException | LinkageError e) {
                LOG.atWarn().setCause(e).addKeyValue("state", state).log("the service manager cannot be told");
            }
        });
    }

    private static void send(String text, String name) throws IOException {
        // loads the calls that Netty has for such sockets
        if (!Epoll.isAvailable()) {
            throw new IOException("Linux's epoll is missing here", Epoll.unavailabilityCause());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = Buffer.allocateDirectWithNativeOrder(bytes.length).put(bytes);
        // a zero in front is the kernel's mark of an abstract name
        byte[] address = (name.startsWith("@") ? "\0" + name.substring(1) : name).getBytes(StandardCharsets.UTF_8);
        Socket socket = Socket.newSocketDomainDgram();
        try {
            if (socket.sendToDomainSocket(message, 0, bytes.length, address) != bytes.length) {
                throw new IOException("it takes nothing");
            }
        } finally {
            socket.close();
        }
    }
}
