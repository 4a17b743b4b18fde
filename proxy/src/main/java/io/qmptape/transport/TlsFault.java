package io.qmptape.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What went wrong between two who speak TLS, in words about the other side; without a cause, whose text may hold what was said. */
final class TlsFault extends IOException {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern CERTIFICATE_ALERT = Pattern.compile(".*certificate.*|unknown_ca|access_denied");
    private static final Pattern NO_CERTIFICATE = Pattern.compile("Empty (client|server) certificate chain");
    private static final Pattern OTHER_HOST = Pattern.compile("No (subject alternative|name matching).*");

    private final SocketFault kind;

    TlsFault(SocketFault kind, String words) {
        super(words);
        this.kind = kind;
    }

    static TlsFault of(Throwable thrown) {
        if (has(thrown, SslHandshakeTimeoutException.class)) {
            return new TlsFault(SocketFault.BUSY, "it did not answer the TLS handshake in time");
        } else if (has(thrown, NotSslRecordException.class)) {
            return new TlsFault(SocketFault.DISTRUST, "it does not speak TLS");
        } else if (has(thrown, SSLException.class)) {
            return new TlsFault(SocketFault.DISTRUST, ofCertificate(thrown).orElseGet(() -> ofProtocol(thrown)));
        }
        boolean hasLeft = has(thrown, ClosedChannelException.class) || SocketFault.of(thrown) == SocketFault.DEPARTED;
        return hasLeft
                ? new TlsFault(SocketFault.DEPARTED, "it hung up before TLS was agreed upon")
                : new TlsFault(SocketFault.OTHER, SocketFault.words(thrown));
    }

    /** What was told of our own certificates and keys names the file, which no cause of it does. */
    static Throwable ofCredentials(Throwable thrown) {
        return thrown instanceof IOException
                ? new TlsFault(SocketFault.OTHER, String.valueOf(thrown.getMessage()))
                : thrown;
    }

    SocketFault kind() {
        return kind;
    }

    private static Optional<String> ofCertificate(Throwable thrown) {
        if (has(thrown, CertificateExpiredException.class)) {
            return Optional.of("its certificate has expired");
        } else if (has(thrown, CertificateNotYetValidException.class)) {
            return Optional.of("its certificate is not valid yet");
        } else if (isInvalid(thrown, BasicReason.REVOKED)) {
            return Optional.of("its certificate has been revoked");
        } else if (has(thrown, CertPathBuilderException.class)
                || isInvalid(thrown, PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE)) {
            return Optional.of("its certificate is not by an authority in ca-cert.pem");
        }
        return find(thrown, CertificateException.class)
                .map(e -> String.valueOf(e.getMessage()))
                .map(text -> OTHER_HOST.matcher(text).matches()
                        ? "its certificate is for another host (" + text + ")"
                        : "its certificate is refused: " + text);
    }

    private static String ofProtocol(Throwable thrown) {
        String text = String.valueOf(
                find(thrown, SSLException.class).map(Throwable::getMessage).orElse(""));
        Matcher alert = ALERT.matcher(text);
        if (alert.find()) {
            String name = alert.group(1);
            String what = CERTIFICATE_ALERT.matcher(name).matches()
                    ? "our certificate, or that there is none"
                    : "TLS with us";
            return "it refuses " + what + " (" + name.replace('_', ' ') + ")";
        }
        return NO_CERTIFICATE.matcher(text).find() ? "it showed no certificate" : text;
    }

    private static boolean isInvalid(Throwable thrown, Reason... reasons) {
        return find(thrown, CertPathValidatorException.class)
                .filter(e -> List.of(reasons).contains(e.getReason()))
                .isPresent();
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        return find(thrown, kind).isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> kind) {
        return Stream.<Throwable>iterate(thrown, at -> at != null, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
