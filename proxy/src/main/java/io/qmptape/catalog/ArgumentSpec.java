package io.qmptape.catalog;

import io.qmptape.protocol.Json;

/**
 * One argument of a command.
 *
 * @param code as QEMU's table spelled it, as {@code s?}; empty in a catalog that has no such table
 * @param summary a remark in a few words; often empty
 */
public record ArgumentSpec(String name, ValueType type, boolean isOptional, String code, String summary) {
    /** Whether it lets its command take arguments that the catalog does not name; it is not checked itself. */
    public boolean isOpen() {
        return ArgumentCode.of(code).filter(ArgumentCode.OPEN::equals).isPresent();
    }

    public boolean accepts(Json value) {
        return ArgumentCode.of(code).map(known -> known.accepts(value)).orElseGet(() -> type.accepts(value));
    }
}
