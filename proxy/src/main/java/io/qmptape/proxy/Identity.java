package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.transport.Credentials;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.PeerCertificate;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Finds out who stands at the two ends. /proc is read beside the event loops: the command line of a process that is busy
 * with its own memory can take long to read. An answer that is not there in time is done without.
 */
final class Identity {
    private static final int PATIENCE_MILLIS = 250;

    /** The monitor's side. */
    record Upstream(Peer peer, Machine machine) {}

    private final EventLoops loops;
    private final ProcessFiles processes;
    private final ProxyOptions options;

    Identity(EventLoops loops, ProcessFiles processes, ProxyOptions options) {
        this.loops = loops;
        this.processes = processes;
        this.options = options;
    }

    /** That peer with its command. Never fails. */
    Future<Peer> named(EventLoop loop, Peer known) {
        return known.pid().isEmpty() ? loop.newSucceededFuture(known) : inTime(loop, () -> withCommand(known), known);
    }

    /** Never fails. */
    Future<Upstream> upstreamOf(Channel channel) {
        Peer known = peerOf(channel);
        Upstream nameless = new Upstream(known, unmetMachine());
        if (known.pid().isEmpty()) {
            return channel.eventLoop().newSucceededFuture(nameless);
        }
        return inTime(
                channel.eventLoop(),
                () -> new Upstream(withCommand(known), machineOf(known.pid().getAsLong())),
                nameless);
    }

    /** What the socket itself tells. */
    Peer peerOf(Channel channel) {
        Optional<Credentials> credentials = Credentials.of(channel);
        if (credentials.isPresent()) {
            Credentials who = credentials.get();
            return new Peer("", who.pid(), OptionalLong.of(who.uid()), who.gid(), "");
        }
        if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
            return Peer.UNKNOWN;
        }
        String subject =
                PeerCertificate.subjectOf(channel).map(name -> " " + name).orElse("");
        return new Peer(text(address) + subject, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "");
    }

    /** The machine as far as the command line of this program tells. */
    Machine unmetMachine() {
        return machine("", OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    private Machine machineOf(long pid) {
        MonitorProcess process = MonitorProcess.of(processes.arguments(pid));
        if (!process.hasMonitor()) {
            // whoever called listen is known to the kernel: for an inherited socket that is not the machine
            return unmetMachine();
        }
        return machine(process.uuid(), OptionalLong.of(pid), processes.startTicks(pid), process.name());
    }

    private Machine machine(String uuid, OptionalLong pid, OptionalLong startTicks, Optional<String> ownName) {
        if (options.machineName().isPresent()) {
            return new Machine(options.machineName().get(), Machine.KnownBy.OPTION, uuid, pid, startTicks);
        }
        return ownName.map(name -> new Machine(name, Machine.KnownBy.PROCESS, uuid, pid, startTicks))
                .orElseGet(() ->
                        new Machine(options.upstream().address(), Machine.KnownBy.ENDPOINT, uuid, pid, startTicks));
    }

    private Peer withCommand(Peer known) {
        String command = processes.command(known.pid().orElse(0));
        return new Peer(known.address(), known.pid(), known.uid(), known.gid(), command);
    }

    private <T> Future<T> inTime(EventLoop loop, Callable<T> work, T otherwise) {
        Promise<T> answer = loop.newPromise();
        var timer = loop.schedule(() -> answer.trySuccess(otherwise), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        loops.aside(loop, work).addListener((Future<T> found) -> {
            timer.cancel(false);
            answer.trySuccess(found.isSuccess() ? found.getNow() : otherwise);
        });
        return answer;
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
