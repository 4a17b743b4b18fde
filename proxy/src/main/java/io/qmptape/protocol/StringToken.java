package io.qmptape.protocol;

import java.util.Arrays;

/** The text of a string token. QEMU's parser refuses unknown escapes, lone surrogates, noncharacters and bad UTF-8. */
final class StringToken {
    /** Octets that mean what they look like, as in most strings all do. */
    private static final boolean[] PLAIN = plain();

    private final Bytes token;
    private final StringBuilder text;
    private final int end;
    private int at = 1;

    private StringToken(Bytes token) {
        this.token = token;
        this.text = new StringBuilder(token.length());
        this.end = token.length() - 1;
    }

    /** @param token with its quotes, as the lexer delimited it */
    static String decode(Bytes token) throws JsonFault {
        boolean isPlain = token.run(1, PLAIN) == token.length() - 1;
        if (isPlain) {
            return token.slice(1, token.length() - 1).text();
        }
        StringToken string = new StringToken(token);
        while (string.at < string.end) {
            string.character();
        }
        return string.text.toString();
    }

    private static boolean[] plain() {
        boolean[] set = new boolean[256];
        Arrays.fill(set, 0, 0x80, true);
        set['\\'] = false;
        return set;
    }

    private void character() throws JsonFault {
        int octet = token.at(at) & 0xFF;
        if (octet == '\\') {
            escape();
        } else if (octet < 0x80) {
            text.append((char) octet);
            at++;
        } else {
            text.appendCodePoint(sequence(octet));
        }
    }

    private void escape() throws JsonFault {
        int letter = token.at(at + 1);
        at += 2;
        switch (letter) {
            case '"', '\'', '\\', '/' -> text.append((char) letter);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> unicodeEscape();
            default -> throw new JsonFault("invalid escape sequence in string");
        }
    }

    private void unicodeEscape() throws JsonFault {
        int start = at - 2;
        int unit = hexUnit();
        if (Character.isHighSurrogate((char) unit) && startsEscapeAt(at)) {
            at += 2;
            int low = hexUnit();
            if (Character.isLowSurrogate((char) low)) {
                unit = Character.toCodePoint((char) unit, (char) low);
            }
        }
        if (!isCharacter(unit)) {
            throw new JsonFault(token.slice(start, at).text() + " is not a valid Unicode character");
        }
        text.appendCodePoint(unit);
    }

    private boolean startsEscapeAt(int index) {
        return index + 1 < end && token.at(index) == '\\' && token.at(index + 1) == 'u';
    }

    private int hexUnit() throws JsonFault {
        int unit = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < end ? Character.digit(token.at(at), 16) : -1;
            if (digit < 0) {
                throw new JsonFault("invalid escape sequence in string");
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }

    private int sequence(int lead) throws JsonFault {
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        int point = lead & (0xFF >> (length + 1));
        if (lead < 0xC0 || lead > 0xF7 || at + length > end) {
            throw badUtf8();
        }
        for (int i = 1; i < length; i++) {
            int octet = token.at(at + i) & 0xFF;
            if ((octet & 0xC0) != 0x80) {
                throw badUtf8();
            }
            point = point << 6 | octet & 0x3F;
        }
        boolean isModifiedNul = lead == 0xC0 && point == 0;
        if (!isModifiedNul && (point < shortest(length) || !isCharacter(point))) {
            throw badUtf8();
        }
        at += length;
        return point;
    }

    private static int shortest(int length) {
        return length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    }

    private static boolean isCharacter(int point) {
        boolean isSurrogate = point >= 0xD800 && point <= 0xDFFF;
        boolean isNonCharacter = point >= 0xFDD0 && point <= 0xFDEF || (point & 0xFFFE) == 0xFFFE;
        return point <= 0x10FFFF && !isSurrogate && !isNonCharacter;
    }

    private static JsonFault badUtf8() {
        return new JsonFault("invalid UTF-8 sequence in string");
    }
}
