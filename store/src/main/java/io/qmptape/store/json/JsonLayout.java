package io.qmptape.store.json;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.WhiteSpace;
import java.io.ByteArrayOutputStream;

/**
 * Lays out JSON, QEMU's dialect included, anew. Looks at strings, brackets, commas and colons only; what it is given must
 * have been read as JSON. Pure.
 */
public final class JsonLayout {
    private static final int ONE_LINE = -1;
    private static final int DENSE = -2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int indent;
    private int depth;
    private boolean isBreakDue;

    private JsonLayout(int indent) {
        this.indent = indent;
    }

    /** In one line, with the spaces that QEMU sets. */
    public static Bytes oneLine(Bytes json) {
        return new JsonLayout(ONE_LINE).lay(json);
    }

    /** Without a blank outside strings. */
    public static Bytes dense(Bytes json) {
        return new JsonLayout(DENSE).lay(json);
    }

    /**
     * A member or element a line; an empty object or array takes two, as QEMU and libvirt write it.
     *
     * @param blanks how many a level
     */
    public static Bytes indented(Bytes json, int blanks) {
        return new JsonLayout(blanks).lay(json);
    }

    private Bytes lay(Bytes json) {
        int at = 0;
        while (at < json.length()) {
            byte octet = json.at(at);
            int end = octet == '"' || octet == '\'' ? endOfString(json, at) : at + 1;
            if (end > at + 1) {
                value(json.slice(at, end));
            } else if (!WhiteSpace.includes(octet)) {
                mark(octet);
            }
            at = end;
        }
        return Bytes.lend(out.toByteArray());
    }

    private void value(Bytes text) {
        breakIfDue();
        out.writeBytes(text.toArray());
    }

    private void mark(byte octet) {
        boolean isClosing = octet == '}' || octet == ']';
        if (isClosing) {
            depth--;
            isBreakDue = true;
        }
        if (octet != ',' && octet != ':') {
            breakIfDue();
        }
        out.write(octet);
        if (octet == '{' || octet == '[') {
            depth++;
            isBreakDue = true;
        } else if (indent != DENSE && (octet == ':' || (octet == ',' && indent == ONE_LINE))) {
            out.write(' ');
        } else if (octet == ',') {
            isBreakDue = true;
        }
    }

    private void breakIfDue() {
        if (isBreakDue && indent >= 0) {
            out.write('\n');
            for (int i = 0; i < depth * indent; i++) {
                out.write(' ');
            }
        }
        isBreakDue = false;
    }

    private static int endOfString(Bytes json, int start) {
        byte quote = json.at(start);
        int at = start + 1;
        while (at < json.length() && json.at(at) != quote) {
            at += json.at(at) == '\\' ? 2 : 1;
        }
        return Math.min(json.length(), at + 1);
    }
}
