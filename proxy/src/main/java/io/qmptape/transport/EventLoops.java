package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads {@code qmptape-loop-N} that all sockets live on, with epoll where the system has it, else with Java's own
 * selectors; and one thread {@code qmptape-aside-1} for what may block a little: host names and /proc.
 *
 * <p>Owns these threads and nothing on them: close listeners and connections first. Safe for all threads.
 */
public final class EventLoops implements AutoCloseable {
    private static final int MAX_LOOPS = 4;
    private static final int MAX_ASIDE = 256;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Sockets sockets;
    private final MultiThreadIoEventLoopGroup group;
    private final ThreadPoolExecutor aside;

    private EventLoops(Sockets sockets) {
        this.sockets = sockets;
        int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
        this.group = new MultiThreadIoEventLoopGroup(loops, new LoopThreads("qmptape-loop-"), sockets.ioHandlers());
        this.aside = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_ASIDE), new LoopThreads("qmptape-aside-"));
        this.aside.allowCoreThreadTimeOut(true);
    }

    /** The best that this system has. */
    public static EventLoops best() {
        return new EventLoops(Epoll.isAvailable() ? new EpollSockets() : new NioSockets());
    }

    /** What every system has, even where there is better. */
    public static EventLoops portable() {
        return new EventLoops(new NioSockets());
    }

    public boolean carriesPeerIdentity() {
        return sockets.carriesPeerIdentity();
    }

    /** What a user of these endpoints must do without on this system, a line each; none with epoll and unix sockets. */
    public List<String> missing(Endpoint... used) {
        List<String> lacks = new ArrayList<>(sockets.missing());
        if (lacks.stream().noneMatch(lack -> lack.startsWith(Sockets.NO_DESCRIPTORS))) {
            Arrays.stream(used)
                    .flatMap(endpoint -> network(endpoint).stream())
                    .distinct()
                    .map(network -> Sockets.NO_DESCRIPTORS + " over " + network)
                    .forEach(lacks::add);
        }
        return lacks;
    }

    private static Optional<String> network(Endpoint endpoint) {
        if (endpoint instanceof TurnedEndpoint turned) {
            return network(turned.place());
        } else if (endpoint instanceof TlsEndpoint) {
            return Optional.of("TLS");
        }
        boolean isTcp = endpoint instanceof TcpEndpoint
                || (endpoint instanceof InheritedEndpoint inherited && InheritedSocket.isTcp(inherited));
        return isTcp ? Optional.of("TCP") : Optional.empty();
    }

    /**
     * Listens. A path that a dead server left behind is taken over, a live server's never. The socket file appears
     * complete, with the mode and owner of {@code model}'s where that is a socket file and can be read, else 0600. At an
     * {@link InterposedEndpoint} it stands in front of a live server until the listener is closed, with the mode and owner
     * of that.
     *
     * @param child set up on each accepted channel's own loop
     * @throws UncheckedIOException what cannot be bound and why, in one line
     * @throws IllegalArgumentException if this system has no such sockets
     */
    public Listener listen(Endpoint endpoint, Optional<Endpoint> model, ChannelHandler child) {
        return Binding.accepting(sockets, group, child).listen(endpoint, model);
    }

    /**
     * Monitors that will connect to us, once we {@linkplain #listenFor listen} for them.
     *
     * @param whenOneCame on a loop; must not block
     */
    public Callers callers(Runnable whenOneCame) {
        return new Callers(sockets, whenOneCame);
    }

    /** Listens as {@link #listen} does, for whoever is to wait until taken. */
    public Listener listenFor(Callers callers, Endpoint endpoint, Optional<Endpoint> model) {
        return Binding.admitting(sockets, group, callers).listen(endpoint, model);
    }

    /** A loop for what does not come with one. */
    public EventLoop next() {
        return group.next();
    }

    /**
     * Looks whether what is needed to connect there can be read, so that it is told before anyone waits for it.
     *
     * @throws UncheckedIOException what is wrong with it, in one line
     */
    public void check(Endpoint place) {
        if (place.toDial() instanceof TlsEndpoint tls) {
            try {
                Tls.dialling(tls);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot connect to " + place + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Connects on {@code loop}. The new channel does not read until it is told to. Over TLS it is there when the handshake is
     * done, and what came along with that may be read. Called on that loop, never blocks.
     *
     * @param limit for the connect
     */
    public Future<Channel> dial(Endpoint place, EventLoop loop, Duration limit, ChannelHandler handler) {
        Endpoint endpoint = place.toDial();
        return endpoint instanceof TlsEndpoint tls
                ? dialOverTls(tls, loop, limit, handler)
                : dialPlainly(endpoint, loop, limit, handler);
    }

    /** Certificates are read each time: those that were renewed meanwhile are used. */
    private Future<Channel> dialOverTls(TlsEndpoint endpoint, EventLoop loop, Duration limit, ChannelHandler handler) {
        Promise<Channel> ready = loop.newPromise();
        aside(loop, () -> Tls.dialling(endpoint)).addListener((Future<Tls> read) -> {
            if (!read.isSuccess()) {
                ready.setFailure(TlsFault.ofCredentials(read.cause()));
                return;
            }
            ChannelHandler secured = read.getNow().within(limit).under(handler, ready);
            dialPlainly(endpoint.carrier(), loop, limit, secured).addListener((Future<Channel> connected) -> {
                if (!connected.isSuccess()) {
                    ready.tryFailure(connected.cause());
                }
            });
        });
        return ready;
    }

    private Future<Channel> dialPlainly(Endpoint endpoint, EventLoop loop, Duration limit, ChannelHandler handler) {
        Promise<Channel> connected = loop.newPromise();
        Bootstrap bootstrap = ChannelOptions.applyTo(new Bootstrap(), sockets, endpoint)
                .group(loop)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, Math.min(60_000, limit.toMillis())))
                .disableResolver()
                .handler(handler);
        addressOf(endpoint, loop).addListener((Future<SocketAddress> address) -> {
            if (address.isSuccess()) {
                dial(bootstrap, endpoint, address.getNow(), connected);
            } else {
                connected.setFailure(address.cause());
            }
        });
        return connected;
    }

    private void dial(Bootstrap bootstrap, Endpoint endpoint, SocketAddress address, Promise<Channel> connected) {
        try {
            sockets.dial(bootstrap, endpoint, address).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    connected.setSuccess(done.channel());
                } else {
                    connected.setFailure(done.cause());
                }
            });
        } catch (RuntimeException e) {
            connected.setFailure(e);
        }
    }

    private Future<SocketAddress> addressOf(Endpoint endpoint, EventLoop loop) {
        if (endpoint instanceof TcpEndpoint tcp) {
            return aside(loop, () -> new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port()));
        }
        try {
            return loop.newSucceededFuture(
                    sockets.address(endpoint instanceof AsideEndpoint monitor ? monitor.now() : endpoint));
        } catch (IllegalArgumentException e) {
            return loop.newFailedFuture(e);
        }
    }

    /** Does what may block on a thread of its own; the answer comes on {@code loop}. Fails at once if too much waits. */
    public <T> Future<T> aside(EventLoop loop, Callable<? extends T> work) {
        Promise<T> answer = loop.newPromise();
        try {
            aside.execute(() -> answer(answer, work));
        } catch (RejectedExecutionException e) {
            answer.setFailure(e);
        }
        return answer;
    }

    private static <T> void answer(Promise<T> answer, Callable<? extends T> work) {
        try {
            answer.trySuccess(work.call());
        } catch (Exception e) {
            answer.tryFailure(e);
        }
    }

    @Override
    public void close() {
        aside.shutdownNow();
        group.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CLOSING.toMillis());
    }
}
