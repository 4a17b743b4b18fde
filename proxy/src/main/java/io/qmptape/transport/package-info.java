/** Endpoints, event loops and channels. Together with {@code io.qmptape.proxy} the only place that Netty's types reach. */
@NullMarked
package io.qmptape.transport;

import org.jspecify.annotations.NullMarked;
