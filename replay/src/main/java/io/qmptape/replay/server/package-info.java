/** Plays QEMU to a client: a thin handler over the pure replay session. */
@NullMarked
package io.qmptape.replay.server;

import org.jspecify.annotations.NullMarked;
