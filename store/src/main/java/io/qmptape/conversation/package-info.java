/** Exchanges: commands paired with their replies; runs of polls folded. Pure. */
@NullMarked
package io.qmptape.conversation;

import org.jspecify.annotations.NullMarked;
