package io.qmptape.analyzer.diff;

import java.util.Optional;

/**
 * One member that differs between two messages.
 *
 * @param path as {@code $.arguments.device}
 * @param a its JSON text on the one side; empty where it is absent
 * @param b its JSON text on the other side
 */
public record MemberChange(String path, Optional<String> a, Optional<String> b) {}
