/** JSON as text: what every tool reads, and laid out anew. Tokens never change, only the white space between them. */
@NullMarked
package io.qmptape.store.json;

import org.jspecify.annotations.NullMarked;
