/** The transparent relay: each client with its own connection to the monitor, every byte forwarded before it is observed. */
@NullMarked
package io.qmptape.proxy;

import org.jspecify.annotations.NullMarked;
