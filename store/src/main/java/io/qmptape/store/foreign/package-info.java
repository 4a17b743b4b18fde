/** Recordings that other tools made, read as traffic. Nothing of what they hold is trusted, or logged. */
@NullMarked
package io.qmptape.store.foreign;

import org.jspecify.annotations.NullMarked;
