/** The recorder: takes what the relay saw and puts it on the tape, on a thread of its own. */
@NullMarked
package io.qmptape.store.recorder;

import org.jspecify.annotations.NullMarked;
