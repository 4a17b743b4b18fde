package io.qmptape.store.redaction;

import io.qmptape.protocol.Span;

/**
 * Something in a message that must not reach the disk.
 *
 * @param path where it stands
 * @param type its JSON type
 * @param span of the bytes to exchange, in the frame
 * @param isWholeToken whether the span is a whole JSON token, so that the stand-in brings its own quotes
 * @param value as decoded text: what the stand-in is hashed from
 */
record Secret(String path, String type, Span span, boolean isWholeToken, String value) {}
