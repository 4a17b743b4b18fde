package io.qmptape.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Certificates and keys under the names that QEMU's {@code tls-creds-x509} has for them: {@code ca-cert.pem},
 * {@code ca-crl.pem} if there is one, {@code server-cert.pem} with {@code server-key.pem}, {@code client-cert.pem} with
 * {@code client-key.pem}. What cannot be used is an {@link IOException} that says in one line what is wrong.
 */
record TlsDirectory(Path path) {
    private static final String AUTHORITIES = "ca-cert.pem";
    private static final String REVOKED = "ca-crl.pem";

    /** Who we say we are. */
    record Own(PrivateKey key, List<X509Certificate> chain) {
        Own {
            chain = List.copyOf(chain);
        }
    }

    /** Whose certificates are believed. */
    List<X509Certificate> authorities() throws IOException {
        List<X509Certificate> all = certificates(AUTHORITIES);
        for (X509Certificate one : all) {
            requireInDate(AUTHORITIES, one);
        }
        return all;
    }

    /** Lists of certificates that are believed no more; none if there is no such file. */
    List<X509CRL> revoked() throws IOException {
        List<X509CRL> all = new ArrayList<>();
        if (isThere(REVOKED)) {
            for (PemBlock block : PemBlock.of(path.resolve(REVOKED))) {
                X509CRL list =
                        parsed(REVOKED, () -> (X509CRL) factory().generateCRL(new ByteArrayInputStream(block.der())));
                requireCurrent(list);
                all.add(list);
            }
            if (all.isEmpty()) {
                throw new IOException(path.resolve(REVOKED) + " holds no list of the revoked: it is to be a PEM file");
            }
        }
        return all;
    }

    /** A link counts where it leads nowhere, too: somebody meant it to be read. */
    private boolean isThere(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private void requireCurrent(X509CRL list) throws IOException {
        Date next = list.getNextUpdate();
        if (next != null && next.toInstant().isBefore(Instant.now())) {
            throw new IOException(path.resolve(REVOKED) + " has expired: the next one was due " + next.toInstant());
        }
    }

    Own server() throws IOException {
        return own("server");
    }

    /** Empty if there is neither certificate nor key. */
    Optional<Own> client() throws IOException {
        boolean isMeant = isThere("client-cert.pem") || isThere("client-key.pem");
        return isMeant ? Optional.of(own("client")) : Optional.empty();
    }

    private Own own(String role) throws IOException {
        String name = role + "-cert.pem";
        Path file = path.resolve(role + "-key.pem");
        List<X509Certificate> chain = certificates(name);
        requireInDate(name, chain.get(0));
        PublicKey shown = chain.get(0).getPublicKey();
        PrivateKey key = KeyFile.read(file, shown.getAlgorithm());
        if (!areOfOnePair(key, shown)) {
            throw new IOException(file + " is not the key of " + name + " beside it");
        }
        return new Own(key, chain);
    }

    private List<X509Certificate> certificates(String name) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        for (PemBlock block : PemBlock.of(path.resolve(name))) {
            if (block.label().endsWith("CERTIFICATE")) {
                all.add(parsed(name, () ->
                        (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(block.der()))));
            }
        }
        if (all.isEmpty()) {
            throw new IOException(path.resolve(name) + " holds no certificate: it is to be a PEM file");
        }
        return all;
    }

    private void requireInDate(String name, X509Certificate certificate) throws IOException {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new IOException(
                    path.resolve(name) + " has expired: it was valid until "
                            + certificate.getNotAfter().toInstant(),
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new IOException(
                    path.resolve(name) + " is not valid yet: it will be from "
                            + certificate.getNotBefore().toInstant(),
                    e);
        }
    }

    /** What one signs the other one verifies. */
    private static boolean areOfOnePair(PrivateKey key, PublicKey shown) {
        try {
            Signature signature = Signature.getInstance(signatureOf(key.getAlgorithm()));
            byte[] text = {1};
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatureOf(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }

    private interface Parse<T> {
        T now() throws GeneralSecurityException;
    }

    private <T> T parsed(String name, Parse<T> parse) throws IOException {
        try {
            return parse.now();
        } catch (GeneralSecurityException e) {
            throw new IOException(path.resolve(name) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
