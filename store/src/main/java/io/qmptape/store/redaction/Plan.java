package io.qmptape.store.redaction;

import io.qmptape.store.Masked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What to exchange in a frame and what to leave: spans into the frame as it is, in order, none within another.
 *
 * @param kept stand-ins that are there already
 */
record Plan(List<Secret> secrets, List<Masked> kept) {
    Plan {
        secrets = List.copyOf(secrets);
        kept = List.copyOf(kept);
    }

    /** A stand-in is never masked by itself; what holds one and a secret besides is masked as a whole. */
    static Plan of(List<Secret> found, List<Masked> already) {
        if (found.isEmpty()) {
            return new Plan(found, already);
        }
        Apart<Masked> before = new Apart<>(Masked::span);
        already.forEach(before::put);
        List<Secret> secrets = new ArrayList<>();
        found.stream()
                .filter(secret ->
                        before.overlapping(secret.span()).stream().noneMatch(old -> secret.isWithin(old.span())))
                .map(secret -> grown(secret, before.overlapping(secret.span())))
                .sorted(Comparator.comparingInt(secret -> secret.span().start()))
                .forEach(secret -> addOrJoin(secret, secrets));
        Apart<Secret> planned = new Apart<>(Secret::span);
        secrets.forEach(planned::put);
        List<Masked> kept = before.inOrder().stream()
                .filter(old -> planned.overlapping(old.span()).isEmpty())
                .toList();
        return new Plan(secrets, kept);
    }

    private static Secret grown(Secret secret, List<Masked> overlapping) {
        Secret whole = secret;
        for (Masked old : overlapping) {
            whole = whole.joinedWith(old.span());
        }
        return whole;
    }

    private static void addOrJoin(Secret secret, List<Secret> before) {
        int last = before.size() - 1;
        if (last >= 0 && before.get(last).overlaps(secret.span())) {
            before.set(last, before.get(last).joinedWith(secret.span()));
        } else {
            before.add(secret);
        }
    }

    boolean isEmpty() {
        return secrets.isEmpty();
    }
}
