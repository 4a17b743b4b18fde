/**
 * What was seen on the wire, as values with a byte form, and the port to whoever listens. Nothing comes back over the
 * port but how far it is, where one asks for that, so a process may stand on this border.
 */
@NullMarked
package io.qmptape.traffic;

import org.jspecify.annotations.NullMarked;
