/** Who may do what at a monitor, where a user has said so: rules, and what stands between them and a client. Pure. */
@NullMarked
package io.qmptape.policy;

import org.jspecify.annotations.NullMarked;
