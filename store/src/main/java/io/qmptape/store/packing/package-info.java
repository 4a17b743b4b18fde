/** Files of a reel as bytes, as they were written or packed. Knows files, not records. */
@NullMarked
package io.qmptape.store.packing;

import org.jspecify.annotations.NullMarked;
