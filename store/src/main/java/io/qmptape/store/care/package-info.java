/** Care for a tape: verify, recover, repair, delete, prune. One process at a time. */
@NullMarked
package io.qmptape.store.care;

import org.jspecify.annotations.NullMarked;
