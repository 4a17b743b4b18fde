/** Recorded sessions as tests, as a user of qmptape writes them. */
@NullMarked
package io.qmptape.samples;

import org.jspecify.annotations.NullMarked;
