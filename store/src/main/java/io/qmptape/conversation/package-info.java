/** Exchanges: commands paired with their replies. Pure. */
@NullMarked
package io.qmptape.conversation;

import org.jspecify.annotations.NullMarked;
