package io.qmptape.policy;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a policy, a rule a line; blank lines and those that begin with {@code #} say nothing.
 *
 * <pre>
 *   allow|deny NAME[,NAME...] [effect=EFFECT[,EFFECT...]] [uid=N] [gid=N] [process=NAME]
 * </pre>
 *
 * In the name of a command {@code *} stands for anything. Effects are those of the catalog: read-only, session, mutating.
 */
public final class PolicyReader {
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_.*-]+(,[A-Za-z0-9_.*-]+)*");
    private static final String FORM =
            "a rule is: allow|deny COMMAND[,COMMAND...] [effect=EFFECT] [uid=N] [gid=N] [process=NAME]";

    private final String place;
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private OptionalLong uid = OptionalLong.empty();
    private OptionalLong gid = OptionalLong.empty();
    private Optional<String> process = Optional.empty();

    private PolicyReader(String place) {
        this.place = place;
    }

    /**
     * @param source how complaints call the place where the lines stand
     * @throws IllegalArgumentException with source, line, what is wrong and what is expected
     */
    public static Policy read(String source, List<String> lines) {
        List<PolicyRule> rules = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rules.add(new PolicyReader(source + ", line " + (i + 1)).rule(line, i + 1));
            }
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException(source + ": there is no rule in it; " + FORM);
        }
        return new Policy(rules, Catalog.bundled());
    }

    private PolicyRule rule(String line, int number) {
        String[] words = line.split("\\s+");
        if (!words[0].equals("allow") && !words[0].equals("deny")) {
            throw fault("'" + words[0] + "' is neither allow nor deny; " + FORM);
        }
        if (words.length < 2 || !NAMES.matcher(words[1]).matches()) {
            throw fault("names of commands belong behind '" + words[0] + "', or * for all; " + FORM);
        }
        for (String word : List.of(words).subList(2, words.length)) {
            condition(word);
        }
        List<NameGlob> names =
                Arrays.stream(words[1].split(",")).map(NameGlob::of).toList();
        String reason = "line " + number + ": " + String.join(" ", words);
        return new PolicyRule(words[0].equals("allow"), names, effects, uid, gid, process, reason);
    }

    private void condition(String word) {
        int equals = word.indexOf('=');
        String value = word.substring(equals + 1);
        switch (equals < 0 || value.isEmpty() ? "" : word.substring(0, equals)) {
            case "effect" ->
                Arrays.stream(value.split(",", -1)).map(this::effect).forEach(effects::add);
            case "uid" -> uid = once(uid, word, value);
            case "gid" -> gid = once(gid, word, value);
            case "process" -> {
                if (process.isPresent()) {
                    throw fault("'" + word + "' is a second process, of which a rule has one");
                }
                process = Optional.of(value);
            }
            default -> throw fault("'" + word + "' is no condition; " + FORM);
        }
    }

    private Effect effect(String word) {
        try {
            return Effect.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage() + "; there are read-only, session, mutating");
        }
    }

    private OptionalLong once(OptionalLong known, String word, String value) {
        if (known.isPresent() || !value.matches("[0-9]{1,10}")) {
            throw fault("'" + word + "' has to be one number, once in a rule");
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
