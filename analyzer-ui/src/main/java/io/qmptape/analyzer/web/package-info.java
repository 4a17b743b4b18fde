/** The page and its HTTP API. The only place that imports Javalin. */
@NullMarked
package io.qmptape.analyzer.web;

import org.jspecify.annotations.NullMarked;
