package io.qmptape.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The order in which QEMU lists the members of an object: by hash bucket, in a bucket the latest first (QMP facts 1.1). */
final class HashOrder {
    private static final int BUCKETS = 512;

    private HashOrder() {}

    static List<Json.Member> of(List<Json.Member> asSent) {
        List<Json.Member> members = new ArrayList<>(asSent);
        Collections.reverse(members);
        members.sort(Comparator.comparingInt(member -> bucket(member.name())));
        return members;
    }

    private static int bucket(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        int value = 0x238F13AF * key.length;
        for (int i = 0; i < key.length; i++) {
            value += (key[i] & 0xFF) << (5 * i % 24);
        }
        return Integer.remainderUnsigned(1103515243 * value + 12345, BUCKETS);
    }
}
