package io.qmptape.analyzer.index;

import java.util.Iterator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Hands words to Lucene as they are. An empty word becomes a gap that no phrase crosses. Used once. */
final class WordStream extends TokenStream {
    private static final int GAP = 10;

    private final Iterator<String> words;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);

    WordStream(Iterable<String> words) {
        this.words = words.iterator();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        int step = 1;
        while (words.hasNext()) {
            String word = words.next();
            if (!word.isEmpty()) {
                term.append(word);
                increment.setPositionIncrement(step);
                return true;
            }
            step = GAP;
        }
        return false;
    }
}
