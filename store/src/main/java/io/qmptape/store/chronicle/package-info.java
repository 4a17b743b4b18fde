/** Reels as Chronicle Queues: the only place that imports net.openhft. */
@NullMarked
package io.qmptape.store.chronicle;

import org.jspecify.annotations.NullMarked;
