package io.qmptape.store.redaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules by their groups, and the names of patterns that they are written with. */
final class MaskTable {
    /** The group of what stands before all groups. */
    static final String ALWAYS = "";

    private static final String SECRET = "<secret>";
    private static final String PARAMETER = "<parameter>";
    private static final Pattern GROUP = Pattern.compile("\\[([a-z-]+)]");
    private static final Pattern NAME = Pattern.compile("name\\s+(<[a-z]+>)\\s+(\\S+)");

    private final Map<String, String> names;
    private final Map<String, List<MaskRule>> groups = new LinkedHashMap<>();
    private final NamePattern secretNames;
    private final NamePattern secretParameters;

    private MaskTable(Map<String, String> names) {
        this.names = Map.copyOf(names);
        this.secretNames = NamePattern.of(SECRET, names);
        this.secretParameters = NamePattern.of(PARAMETER, names);
    }

    /** The bundled one. */
    static MaskTable read(String source, List<String> lines) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher name = NAME.matcher(line);
            if (name.matches()) {
                names.put(name.group(1), name.group(2));
            }
        }
        MaskTable table = new MaskTable(names);
        String group = ALWAYS;
        for (int i = 0; i < lines.size(); i++) {
            Matcher opened = GROUP.matcher(lines.get(i));
            if (opened.matches()) {
                group = opened.group(1);
            } else if (isRule(lines.get(i)) && !NAME.matcher(lines.get(i)).matches()) {
                table.groups
                        .computeIfAbsent(group, made -> new ArrayList<>())
                        .add(table.rule(source, i + 1, lines.get(i)));
            }
        }
        return table;
    }

    /** Those of a user, with this table's names. */
    List<MaskRule> more(String source, List<String> lines) {
        List<MaskRule> rules = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isRule(lines.get(i))) {
                rules.add(rule(source, i + 1, lines.get(i)));
            }
        }
        return rules;
    }

    List<MaskRule> rules(String group) {
        return groups.getOrDefault(group, List.of());
    }

    Set<String> groups() {
        Set<String> optional = new LinkedHashSet<>(groups.keySet());
        optional.remove(ALWAYS);
        return optional;
    }

    NamePattern secretNames() {
        return secretNames;
    }

    NamePattern secretParameters() {
        return secretParameters;
    }

    private MaskRule rule(String source, int line, String text) {
        try {
            return MaskRule.of(text, names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static boolean isRule(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }
}
