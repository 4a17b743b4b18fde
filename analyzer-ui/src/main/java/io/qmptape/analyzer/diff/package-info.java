/** Alignment of two sessions and the difference of their members. Pure. */
@NullMarked
package io.qmptape.analyzer.diff;

import org.jspecify.annotations.NullMarked;
