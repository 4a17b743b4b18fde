package io.qmptape.transport;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Believes no certificate that is on one of these lists. Java's own check asks for a list of each authority, or believes all
 * when a list has grown old while we run.
 */
final class RevokedCheck extends PKIXCertPathChecker {
    private final List<X509CRL> lists;

    RevokedCheck(List<X509CRL> lists) {
        this.lists = List.copyOf(lists);
    }

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) throws CertPathValidatorException {
        X509Certificate shown = (X509Certificate) certificate;
        boolean isRevoked = lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(shown.getIssuerX500Principal()))
                .anyMatch(list -> list.isRevoked(shown));
        if (isRevoked) {
            throw new CertPathValidatorException("revoked", null, null, -1, BasicReason.REVOKED);
        }
    }
}
