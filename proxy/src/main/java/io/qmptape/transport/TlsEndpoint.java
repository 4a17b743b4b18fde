package io.qmptape.transport;

import java.nio.file.Path;

/**
 * A TCP port where TLS is spoken. Who listens there is the TLS server.
 *
 * @param carrier where the TCP connection is made
 * @param credentials a directory of certificates and keys, laid out as for QEMU's {@code tls-creds-x509}
 * @param verifiesPeer whether the other side's certificate is looked at: by who connects, that it is for this host; by who
 *     listens, that there is one
 */
public record TlsEndpoint(TcpEndpoint carrier, Path credentials, boolean verifiesPeer) implements Endpoint {
    /** Where libvirt, too, looks for those of QEMU. */
    static final Path USUAL_CREDENTIALS = Path.of("/etc/pki/qemu");

    TlsEndpoint at(int port) {
        return new TlsEndpoint(new TcpEndpoint(carrier.host(), port), credentials, verifiesPeer);
    }

    @Override
    public String address() {
        return carrier.toString().replaceFirst("tcp", "tls");
    }

    @Override
    public String toString() {
        String directory = credentials.equals(USUAL_CREDENTIALS)
                ? ""
                : ",creds=" + credentials.toString().replace(",", ",,");
        return address() + directory + (verifiesPeer ? "" : ",verify-peer=off");
    }
}
