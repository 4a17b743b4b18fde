package io.qmptape.transport;

import io.netty.channel.Channel;
import java.util.Optional;

/** What somebody who came over TLS has shown of himself. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /**
     * The subject, as {@code CN=alice,O=Acme}, of a certificate that was looked at and believed; empty if there was none, or
     * another socket.
     */
    public static Optional<String> subjectOf(Channel channel) {
        return Optional.ofNullable(channel.pipeline().get(TlsEntrance.class))
                .flatMap(TlsEntrance::subject)
                .map(PeerCertificate::printable);
    }

    /** Without what steers a terminal, or turns round what is read. */
    static String printable(String name) {
        return name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
