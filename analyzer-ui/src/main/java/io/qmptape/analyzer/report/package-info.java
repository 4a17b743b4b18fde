/** A session as one file for a browser: no server, no network, no script. */
@NullMarked
package io.qmptape.analyzer.report;

import org.jspecify.annotations.NullMarked;
