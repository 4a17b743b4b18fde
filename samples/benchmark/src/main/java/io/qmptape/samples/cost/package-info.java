/** What recording costs, and reading what was recorded. */
@NullMarked
package io.qmptape.samples.cost;

import org.jspecify.annotations.NullMarked;
