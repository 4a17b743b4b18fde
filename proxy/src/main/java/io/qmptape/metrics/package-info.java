/** What of a relay can be seen from outside: numbers for Prometheus, and whether it is well. */
@NullMarked
package io.qmptape.metrics;

import org.jspecify.annotations.NullMarked;
