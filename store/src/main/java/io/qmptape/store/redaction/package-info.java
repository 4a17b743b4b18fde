/** What keeps secrets off the disk. Works on single messages; pure but for the key file. */
@NullMarked
package io.qmptape.store.redaction;

import org.jspecify.annotations.NullMarked;
