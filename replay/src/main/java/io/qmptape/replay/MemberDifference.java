package io.qmptape.replay;

import java.util.Optional;

/**
 * A member that differs.
 *
 * @param path as {@code $.arguments.id}; {@code $} for the whole
 * @param recorded its text, for people: cut short where it is long; empty if it was not recorded
 * @param received likewise, without secrets; empty if it did not come
 */
public record MemberDifference(String path, Optional<String> recorded, Optional<String> received) {}
