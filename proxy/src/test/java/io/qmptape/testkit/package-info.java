/** Test kit for all modules: a clock to move by hand, a fake QEMU and a real one, a port that collects. */
@NullMarked
package io.qmptape.testkit;

import org.jspecify.annotations.NullMarked;
