/**
 * What may hold a client's messages back, where somebody asked for that: until they are on the tape, or for good. Nothing of
 * it is on the way of a session that nobody controls.
 */
@NullMarked
package io.qmptape.gate;

import org.jspecify.annotations.NullMarked;
