/** A session in the forms of other tools. None holds all that a transcript holds; each writer says what it left out. */
@NullMarked
package io.qmptape.store.export;

import org.jspecify.annotations.NullMarked;
