/**
 * Plays recorded sessions: the script, what is compared and how, and the session as a state machine. Pure: no sockets, no
 * clock, no threads.
 */
@NullMarked
package io.qmptape.replay;

import org.jspecify.annotations.NullMarked;
