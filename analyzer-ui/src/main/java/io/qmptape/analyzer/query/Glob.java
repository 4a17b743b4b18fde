package io.qmptape.analyzer.query;

import java.util.Arrays;

/** A pattern for whole texts, built of literal parts and wildcards. Takes time linear in pattern times text, whatever they hold. */
public final class Glob {
    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    /** Characters, and the two negative codes for wildcards. */
    private final int[] codes;

    private Glob(int[] codes) {
        this.codes = codes;
    }

    static Glob literal(String text) {
        return new Glob(text.chars().toArray());
    }

    static Glob pattern(String text) {
        return new Glob(text.chars()
                .map(c -> c == '*' ? ANY_RUN : c == '?' ? ANY_ONE : c)
                .toArray());
    }

    static boolean hasWildcards(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    Glob then(Glob next) {
        int[] both = Arrays.copyOf(codes, codes.length + next.codes.length);
        System.arraycopy(next.codes, 0, both, codes.length, next.codes.length);
        return new Glob(both);
    }

    /** What every matching text begins with. */
    public String prefix() {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < codes.length && codes[i] >= 0; i++) {
            prefix.append((char) codes[i]);
        }
        return prefix.toString();
    }

    public boolean matches(CharSequence text) {
        int at = 0;
        int code = 0;
        int starAt = -1;
        int retryAt = 0;
        while (at < text.length()) {
            if (code < codes.length && codes[code] == ANY_RUN) {
                starAt = code++;
                retryAt = at;
            } else if (code < codes.length && (codes[code] == ANY_ONE || codes[code] == text.charAt(at))) {
                code++;
                at++;
            } else if (starAt >= 0) {
                code = starAt + 1;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        return onlyRunsFrom(code);
    }

    private boolean onlyRunsFrom(int code) {
        return Arrays.stream(codes, code, codes.length).allMatch(c -> c == ANY_RUN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && Arrays.equals(codes, glob.codes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes);
    }
}
