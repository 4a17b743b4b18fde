package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import java.util.regex.Pattern;

/** Text that holds a secret whatever its member is called. */
final class SecretText {
    /** Up to the last @, for a password may hold one; iSCSI separates it by a percent sign. */
    static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@:%\"'\\s]*[:%]([^/\"'\\s]+)@");

    /** Monitor lines that carry a secret. Words may be quoted; a line may be broken. */
    private static final Pattern SECRET_LINE = Pattern.compile(
            "^\\W*((set_password|change_vnc_password|block_passwd)\\s|change\\W+vnc\\W+passw"
                    + "|(object_add|object-add|qom-set)\\b.*(secret|passw|\\bdata\\b|\\bkey\\b)|migrate\\b.*exec:)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SecretText() {}

    static boolean isSecretLine(String line) {
        return SECRET_LINE.matcher(line).find();
    }

    /** A shell's command as the target of a migration. */
    static boolean isProgram(String uri) {
        return uri.stripLeading().startsWith("exec:");
    }

    /** {@code json:{…}} as a file's name, with a secret among its members. */
    static boolean isPseudoUrl(String text) {
        return text.startsWith("json:")
                && !NoiseSecrets.of(Bytes.utf8(text), Direction.CLIENT_TO_SERVER)
                        .secrets()
                        .isEmpty();
    }

    static boolean isSecret(String text) {
        return isSecretLine(text)
                || isProgram(text)
                || PASSWORD_IN_URL.matcher(text).find();
    }
}
