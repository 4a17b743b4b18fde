package io.qmptape.conversation;

import io.qmptape.protocol.JsonPath;
import java.util.Optional;

/** Where a value stands. Costs little while one goes down; its text is made when it is asked for. */
final class MemberPath {
    static final MemberPath ROOT = new MemberPath(Optional.empty(), "", 0);

    private final Optional<MemberPath> parent;
    private final String name;
    private final int index;

    private MemberPath(Optional<MemberPath> parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    MemberPath member(String child) {
        return new MemberPath(Optional.of(this), child, -1);
    }

    MemberPath element(int position) {
        return new MemberPath(Optional.of(this), "", position);
    }

    /** As {@code $.return[0].offset}. */
    String text() {
        return parent.map(up -> index < 0 ? JsonPath.child(up.text(), name) : JsonPath.element(up.text(), index))
                .orElse(JsonPath.ROOT);
    }
}
