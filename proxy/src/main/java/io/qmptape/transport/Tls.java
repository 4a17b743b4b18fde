package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * TLS 1.2 and 1.3 with the certificates of one endpoint, as they were when this was made. It goes under whatever reads from a
 * TCP connection. Safe for all threads.
 */
final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    /** How long the other side has to agree; a QEMU that serves somebody else does not answer at all. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final TlsEndpoint endpoint;
    private final SslContext context;
    private final Duration patience;

    private Tls(TlsEndpoint endpoint, SslContext context, Duration patience) {
        this.endpoint = endpoint;
        this.context = context;
        this.patience = patience;
    }

    private static Tls of(TlsEndpoint endpoint, SslContextBuilder builder) throws IOException {
        SslContext context =
                builder.sslProvider(SslProvider.JDK).protocols(VERSIONS).build();
        return new Tls(endpoint, context, HANDSHAKE);
    }

    /** @throws IOException in one line what is wrong with the endpoint's certificates and keys */
    static Tls listening(TlsEndpoint endpoint) throws IOException {
        TlsDirectory directory = new TlsDirectory(endpoint.credentials());
        TlsDirectory.Own own = directory.server();
        SslContextBuilder builder = SslContextBuilder.forServer(own.key(), own.chain());
        if (endpoint.verifiesPeer()) {
            builder.trustManager(trustIn(directory)).clientAuth(ClientAuth.REQUIRE);
        }
        return of(endpoint, builder);
    }

    /** @throws IOException in one line what is wrong with the endpoint's certificates and keys */
    static Tls dialling(TlsEndpoint endpoint) throws IOException {
        TlsDirectory directory = new TlsDirectory(endpoint.credentials());
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(endpoint.verifiesPeer() ? trustIn(directory) : InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(endpoint.verifiesPeer() ? "HTTPS" : "");
        directory.client().ifPresent(own -> builder.keyManager(own.key(), own.chain()));
        return of(endpoint, builder);
    }

    /** The same where the other side has no more than that, and a part of it for the handshake. */
    Tls within(Duration limit) {
        Duration half = limit.dividedBy(2);
        return half.compareTo(patience) < 0 ? new Tls(endpoint, context, half) : this;
    }

    private static TrustManagerFactory trustIn(TlsDirectory directory) throws IOException {
        List<X509Certificate> authorities = directory.authorities();
        RevokedCheck revoked = new RevokedCheck(directory.revoked());
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    authorities.stream()
                            .map(each -> new TrustAnchor(each, null))
                            .collect(Collectors.toSet()),
                    new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.addCertPathChecker(revoked);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates cannot be checked on this Java: " + e.getMessage(), e);
        }
    }

    /** Lets the reader into a pipeline when the other side is known. Who is turned away is told in the log. */
    ChannelHandler under(ChannelHandler reader) {
        return installing(channel -> install(channel, reader, toldOf(channel)));
    }

    /** @param ready told of the connection when the reader has been let in, or why that cannot be: a {@link TlsFault} */
    ChannelHandler under(ChannelHandler reader, Promise<Channel> ready) {
        return installing(channel -> install(channel, reader, ready));
    }

    private static ChannelHandler installing(Consumer<Channel> install) {
        return new ChannelInitializer<>() {
            @Override
            public boolean isSharable() {
                return true;
            }

            @Override
            protected void initChannel(Channel channel) {
                install.accept(channel);
            }
        };
    }

    private void install(Channel channel, ChannelHandler reader, Promise<Channel> ready) {
        TcpEndpoint to = endpoint.carrier();
        SslHandler tls = context.newHandler(channel.alloc(), to.host(), to.port());
        tls.setHandshakeTimeoutMillis(Math.max(1, patience.toMillis()));
        // a record for each write
        tls.setWrapDataSize(0);
        channel.pipeline().addLast(tls, new TlsEntrance(endpoint, tls.engine(), reader, ready));
    }

    private Promise<Channel> toldOf(Channel channel) {
        String who = String.valueOf(channel.remoteAddress()).replaceFirst("^/", "");
        Promise<Channel> ready = channel.eventLoop().newPromise();
        ready.addListener((Future<Channel> answer) -> {
            if (!answer.isSuccess()) {
                // whoever only looks whether somebody listens is no news
                Level level = SocketFault.of(answer.cause()) == SocketFault.DEPARTED ? Level.DEBUG : Level.WARN;
                LOG.atLevel(level)
                        .log(
                                "{}: {} is turned away: {}",
                                endpoint.address(),
                                who,
                                answer.cause().getMessage());
            }
        });
        return ready;
    }
}
