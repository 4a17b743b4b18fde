package io.qmptape.proxy;

import io.qmptape.gate.Control;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.TcpEndpoint;
import io.qmptape.transport.TlsEndpoint;
import io.qmptape.transport.TurnedEndpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * What one proxy does.
 *
 * @param listen where clients come to, or with {@code connect:} where one listens that we connect to
 * @param upstream where the monitor listens, or with {@code listen:} where it comes to
 * @param machineName what the machine is called, if not by its own process's name
 * @param patience how long a client is kept waiting for an upstream that is not there; for one that is busy, as long as
 *     the client stays
 * @param grace how long {@link Proxy#close()} lets open sessions finish
 * @param control what may hold back what a client sends
 */
public record ProxyOptions(
        Endpoint listen,
        Endpoint upstream,
        Optional<String> machineName,
        Duration patience,
        Duration grace,
        Control control) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);

    public ProxyOptions {
        // refuses what cannot be
        Endpoint clients = clientListens(listen) ? listen.toDial() : listen.toListenAt();
        Endpoint monitors = monitorConnects(upstream) ? upstream.toListenAt() : upstream.toDial();
        if (clients.equals(monitors)) {
            throw new IllegalArgumentException("listen and upstream are both " + listen + ": they must differ");
        }
        refuseNoPort("upstream", monitors);
        if (clientListens(listen)) {
            refuseNoPort("client", clients);
        }
        if (machineName.isPresent() && machineName.get().isBlank()) {
            throw new IllegalArgumentException("a machine's name cannot be blank: leave it out or write one");
        }
        refuseNegative("patience", patience);
        refuseNegative("grace", grace);
    }

    /** Whether we connect to the client, instead of the client to us. */
    boolean clientListens() {
        return clientListens(listen);
    }

    /** Whether the monitor connects to us, instead of we to the monitor. */
    boolean monitorConnects() {
        return monitorConnects(upstream);
    }

    private static boolean clientListens(Endpoint listen) {
        return listen instanceof TurnedEndpoint turned && turned.way() == TurnedEndpoint.Way.CONNECT;
    }

    private static boolean monitorConnects(Endpoint upstream) {
        return upstream instanceof TurnedEndpoint turned && turned.way() == TurnedEndpoint.Way.LISTEN;
    }

    private static void refuseNoPort(String what, Endpoint endpoint) {
        Endpoint carrier = endpoint instanceof TlsEndpoint tls ? tls.carrier() : endpoint;
        if (carrier instanceof TcpEndpoint tcp && tcp.port() == 0) {
            throw new IllegalArgumentException("the " + what + " " + endpoint + " needs a port other than 0");
        }
    }

    public static ProxyOptions of(Endpoint listen, Endpoint upstream) {
        return new ProxyOptions(listen, upstream, Optional.empty(), PATIENCE, GRACE, Control.NONE);
    }

    public ProxyOptions named(String machine) {
        return new ProxyOptions(listen, upstream, Optional.of(machine), patience, grace, control);
    }

    public ProxyOptions withPatience(Duration other) {
        return new ProxyOptions(listen, upstream, machineName, other, grace, control);
    }

    public ProxyOptions withGrace(Duration other) {
        return new ProxyOptions(listen, upstream, machineName, patience, other, control);
    }

    public ProxyOptions controlled(Control by) {
        return new ProxyOptions(listen, upstream, machineName, patience, grace, by);
    }

    private static void refuseNegative(String what, Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException(what + " cannot be negative: " + length);
        }
    }
}
