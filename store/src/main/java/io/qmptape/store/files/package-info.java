/** Files and directories of one's own, and what a person must hear where they cannot be used. */
@NullMarked
package io.qmptape.store.files;

import org.jspecify.annotations.NullMarked;
