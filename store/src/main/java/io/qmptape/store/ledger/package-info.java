/** Seals, which say what a finished reel holds, and the ledger that chains them. Knows files, not records. */
@NullMarked
package io.qmptape.store.ledger;

import org.jspecify.annotations.NullMarked;
