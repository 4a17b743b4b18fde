package io.qmptape.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names in one object, to find one that stands there twice. Most objects have few, which are compared one by one. */
final class Names {
    private static final int FEW = 8;

    private final String[] few = new String[FEW];
    private int count;
    private Set<String> all = Set.of();

    /** @return false if it is there already */
    boolean add(String name) {
        if (count > FEW) {
            return all.add(name);
        }
        for (int i = 0; i < count; i++) {
            if (few[i].equals(name)) {
                return false;
            }
        }
        if (count < FEW) {
            few[count] = name;
        } else {
            all = new HashSet<>(List.of(few));
            all.add(name);
        }
        count++;
        return true;
    }
}
