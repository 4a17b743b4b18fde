package io.qmptape.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/** Reads a private key as certtool and openssl write it: PKCS #8, or the older form for RSA alone, PKCS #1. */
final class KeyFile {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    /** What PKCS #8 says in front of an RSA key: version 0, algorithm rsaEncryption without parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private KeyFile() {}

    /**
     * @param algorithm of the certificate that it belongs to
     * @throws IOException in one line what is wrong with it and what to do
     */
    static PrivateKey read(Path file, String algorithm) throws IOException {
        for (PemBlock block : PemBlock.of(file)) {
            if (block.label().equals(PKCS8)) {
                return key(file, algorithm, block.der());
            } else if (block.label().equals(PKCS1)) {
                return key(file, algorithm, framed(SEQUENCE, RSA, framed(OCTET_STRING, block.der())));
            } else if (block.label().endsWith("PRIVATE KEY") && !block.label().startsWith("ENCRYPTED")) {
                throw new IOException(file + " is a key of a form that is not read: rewrite it with"
                        + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
            }
        }
        throw new IOException(file + " holds no key that can be read without a password: write one with"
                + " openssl pkey -in OLD -out NEW");
    }

    private static PrivateKey key(Path file, String algorithm, byte[] pkcs8) throws IOException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no key for a certificate of the kind " + algorithm, e);
        }
    }

    private static byte[] framed(int tag, byte[]... parts) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        int length = List.of(parts).stream().mapToInt(part -> part.length).sum();
        // two bytes of length hold for RSA keys from 1024 to 16384 bits
        der.write(0x82);
        der.write(length >> 8);
        der.write(length);
        for (byte[] part : parts) {
            der.writeBytes(part);
        }
        return der.toByteArray();
    }
}
