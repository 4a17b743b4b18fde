/** The portable text form of a session: one JSON value a line, lossless both ways. */
@NullMarked
package io.qmptape.store.transcript;

import org.jspecify.annotations.NullMarked;
