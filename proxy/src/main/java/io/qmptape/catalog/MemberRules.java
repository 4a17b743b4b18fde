package io.qmptape.catalog;

import io.qmptape.protocol.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a value with the members that are documented for it; members that are not documented pass. */
final class MemberRules {
    /** As many as the catalog has; parsed once in a session. */
    private final Map<String, MemberPath> paths = new HashMap<>();

    void types(List<MemberSpec> members, MemberPath.Place root, Rule rule, Findings findings) {
        for (MemberSpec member : members) {
            path(member)
                    .find(root)
                    .filter(place -> !member.type().accepts(place.value()))
                    .takeWhile(place -> !findings.isFull())
                    .forEach(place -> findings.addByCatalog(
                            rule,
                            Severity.INFO,
                            place.path(),
                            "'" + MemberPath.leaf(member.path()) + "' is documented as "
                                    + member.type().word() + ", not "
                                    + place.value().type()));
        }
    }

    void missing(List<MemberSpec> members, MemberPath.Place root, Rule rule, Findings findings) {
        for (MemberSpec member : members) {
            if (member.isOptional()) {
                continue;
            }
            String name = MemberPath.leaf(member.path());
            path(member)
                    .holders(root)
                    .filter(holder -> !has(holder, name))
                    .takeWhile(holder -> !findings.isFull())
                    .forEach(holder -> findings.addByCatalog(
                            rule, Severity.INFO, JsonPath.child(holder.path(), name), "'" + name + "' is absent"));
        }
    }

    private static boolean has(MemberPath.Place holder, String name) {
        return holder.value() instanceof io.qmptape.protocol.Json.Obj object
                && object.get(name).isPresent();
    }

    private MemberPath path(MemberSpec member) {
        return paths.computeIfAbsent(member.path(), MemberPath::of);
    }
}
