/** The tape: its records, the ports to reels, the recorder that writes it and the views that readers get. */
@NullMarked
package io.qmptape.store;

import org.jspecify.annotations.NullMarked;
