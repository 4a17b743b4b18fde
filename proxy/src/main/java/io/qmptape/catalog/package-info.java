/** What commands and events one QEMU speaks, and the validator that judges messages by it. Pure. */
@NullMarked
package io.qmptape.catalog;

import org.jspecify.annotations.NullMarked;
