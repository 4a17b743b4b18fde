package io.qmptape.analyzer.query;

import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that a query can find of one message: its terms, words and numbers, by field. A reply carries the name of its
 * command, so {@code command:x} finds commands and what came back. Bounded, whatever the message holds: values are cut at
 * 256 characters, words at 64, and of members and words the first {@value MessageTerms#MAX_MEMBER_TERMS} terms and
 * {@value MessageTerms#MAX_WORDS} words count ({@code has:cut} tells). Immutable.
 */
public final class QueriedMessage {
    private final Map<QueryField, Set<String>> terms;
    private final Map<QueryField, List<String>> words;
    private final Map<QueryField, Long> numbers;

    QueriedMessage(
            Map<QueryField, Set<String>> terms, Map<QueryField, List<String>> words, Map<QueryField, Long> numbers) {
        this.terms = terms;
        this.words = words;
        this.numbers = numbers;
    }

    /**
     * @param opened the session's opening
     * @param message what {@code recorded} reads as
     * @param asked what this message answers, if it is a reply
     */
    public static QueriedMessage of(Opened opened, FrameRecorded recorded, Message message, Optional<Asked> asked) {
        return new MessageTerms(opened, recorded, asked).of(message);
    }

    /** In lower case; of a field of words the values as a whole. */
    public Set<String> terms(QueryField field) {
        return Collections.unmodifiableSet(terms.getOrDefault(field, Set.of()));
    }

    /** In lower case and in order; an empty word parts what is no phrase. */
    public List<String> words(QueryField field) {
        return Collections.unmodifiableList(words.getOrDefault(field, List.of()));
    }

    public OptionalLong number(QueryField field) {
        Long number = numbers.get(field);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
