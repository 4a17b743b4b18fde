/** The search index over a tape: disposable, in the cache directory, rebuilt from the tape at any time. The only place that imports Lucene. */
@NullMarked
package io.qmptape.analyzer.index;

import org.jspecify.annotations.NullMarked;
