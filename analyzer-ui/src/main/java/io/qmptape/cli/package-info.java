/** The command line; the only place that composes the parts. */
@NullMarked
package io.qmptape.cli;

import org.jspecify.annotations.NullMarked;
