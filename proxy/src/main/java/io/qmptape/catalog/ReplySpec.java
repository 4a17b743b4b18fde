package io.qmptape.catalog;

import java.util.List;

/**
 * What a command returns.
 *
 * @param type of {@code return} itself; an object also where it is always empty
 * @param members documented, parents before their children
 */
public record ReplySpec(ValueType type, List<MemberSpec> members) {
    public ReplySpec {
        members = List.copyOf(members);
    }
}
