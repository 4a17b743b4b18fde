package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import java.util.HexFormat;

/** Heads of hash chains, as seals write them and as records hold them. */
final class Heads {
    private Heads() {}

    static Bytes bytes(String hex) {
        return Bytes.lend(HexFormat.of().parseHex(hex));
    }
}
