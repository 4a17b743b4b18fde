package io.qmptape.store;

import io.qmptape.protocol.Span;

/**
 * A secret that never reached the disk.
 *
 * @param path where it stood, as {@code $.arguments.password}; {@code $} in noise
 * @param type JSON type of the original: string, number, …
 * @param span of the stand-in, in the frame's bytes as they are stored
 */
public record Masked(String path, String type, Span span) {}
