/** QMP on the wire: frames, the QEMU-dialect lexer, JSON with its place in the bytes, messages. Pure; no sockets, no clock. */
@NullMarked
package io.qmptape.protocol;

import org.jspecify.annotations.NullMarked;
