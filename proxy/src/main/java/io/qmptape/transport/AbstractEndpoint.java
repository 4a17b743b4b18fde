package io.qmptape.transport;

import java.nio.charset.StandardCharsets;

/** A unix socket in Linux's abstract name space: no file, gone with its server. */
public record AbstractEndpoint(String name) implements Endpoint {
    public AbstractEndpoint {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("unix:@ needs a name, as in unix:@vm");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > UnixEndpoint.MAX_PATH_BYTES) {
            throw new IllegalArgumentException("an abstract socket's name has at most " + UnixEndpoint.MAX_PATH_BYTES
                    + " bytes, this one has " + bytes + ": " + name);
        }
    }

    @Override
    public String toString() {
        return "unix:@" + name;
    }
}
