package io.qmptape.store;

/** A record and where it lies. */
public record Placed(Position position, SessionRecord record) {}
