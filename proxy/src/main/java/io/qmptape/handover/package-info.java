/**
 * Traffic on its way from the relay's process to that of the recorder. What the recorder has not put on the tape is kept, so
 * that the next one can go on where the last one died.
 */
@NullMarked
package io.qmptape.handover;

import org.jspecify.annotations.NullMarked;
