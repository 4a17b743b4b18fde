package io.qmptape.protocol;

/** What QMP lets stand between tokens: blank, tab, carriage return, line feed. */
public final class WhiteSpace {
    private WhiteSpace() {}

    public static boolean includes(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    public static boolean fills(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (!includes(bytes.at(i))) {
                return false;
            }
        }
        return true;
    }
}
