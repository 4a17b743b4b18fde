package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Span;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text that holds a secret whatever its member is called. */
final class SecretText {
    private static final String BEFORE_HOST = "://";
    private static final String PSEUDO_URL = "json:";

    /** Up to the last @, for a password may hold one; iSCSI separates it by a percent sign. */
    private static final Pattern PASSWORD = Pattern.compile("://[^/@:%\"'\\s]*[:%]([^/\"'\\s]+)@");

    /** Web servers take a token for a user; elsewhere, as in ssh, a user alone is no secret. */
    private static final Pattern TOKEN =
            Pattern.compile("(?:https?|ftps?)://([^/@:%\"'\\s]+)(?::(?:x-oauth-basic)?)?@", Pattern.CASE_INSENSITIVE);

    private static final Pattern PARAMETER = Pattern.compile("[?&;]([\\w.-]+)=([^&;#\\s\"']+)");

    /** Monitor lines that carry a secret and do not name it. Words may be quoted; a line may be broken. */
    private static final Pattern SECRET_LINE = Pattern.compile(
            "^\\W*((object_add|object-add|qom-set)\\b.*(secret|\\bdata\\b|\\bkey\\b)|migrate\\w*\\b.*exec:)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern HARMLESS_LINE =
            Pattern.compile("^\\W*(info|help|expire_password)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\w.+-]+");

    private final MaskRules rules;

    SecretText(MaskRules rules) {
        this.rules = rules;
    }

    /** A line that holds a secret, or words that say so and something behind them. */
    boolean isSecretLine(String line) {
        return SECRET_LINE.matcher(line).find()
                || hasSecretName(line) && !HARMLESS_LINE.matcher(line).matches();
    }

    static List<String> words(String line) {
        return BETWEEN_WORDS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    }

    private boolean hasSecretName(String line) {
        if (!BETWEEN_WORDS.matcher(line).find()) {
            return false;
        }
        List<String> words = words(line);
        return words.stream().limit(Math.max(0, words.size() - 1)).anyMatch(rules::isSecretName);
    }

    /** A shell's command as the target of a migration. */
    static boolean isProgram(String uri) {
        return uri.stripLeading().startsWith("exec:");
    }

    /** Whether a string in JSON's bytes may be either of the two below; an escape may spell anything. */
    static boolean mayHoldUrls(Bytes json) {
        String text = json.latin1();
        return text.contains(BEFORE_HOST) || text.contains(PSEUDO_URL) || text.indexOf('\\') >= 0;
    }

    /** {@code json:{…}} as a file's name, with a secret among its members. */
    boolean isPseudoUrl(String text) {
        return text.startsWith(PSEUDO_URL)
                && !NoiseSecrets.of(rules, Bytes.utf8(text), Direction.CLIENT_TO_SERVER)
                        .secrets()
                        .isEmpty();
    }

    /** Where in a text the credentials of URLs stand. */
    static List<Span> credentials(String text) {
        if (!text.contains(BEFORE_HOST)) {
            return List.of();
        }
        Apart<Span> found = new Apart<>(span -> span);
        PASSWORD.matcher(text).results().forEach(match -> add(match, 1, found));
        TOKEN.matcher(text).results().forEach(match -> add(match, 1, found));
        PARAMETER
                .matcher(text)
                .results()
                .filter(match -> MaskRules.isSecretParameter(match.group(1)))
                .forEach(match -> add(match, 2, found));
        return found.inOrder();
    }

    private static void add(MatchResult match, int group, Apart<Span> found) {
        Span span = new Span(match.start(group), match.end(group));
        if (found.overlapping(span).isEmpty()) {
            found.put(span);
        }
    }

    /** In what is no message. */
    boolean isSecret(String text) {
        return isSecretLine(text) || isProgram(text) || !credentials(text).isEmpty();
    }
}
