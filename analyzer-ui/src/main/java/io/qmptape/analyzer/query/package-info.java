/** The search language: text to tree. Pure. */
@NullMarked
package io.qmptape.analyzer.query;

import org.jspecify.annotations.NullMarked;
