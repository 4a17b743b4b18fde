package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.QueriedMessage;
import io.qmptape.analyzer.query.QueryField;
import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Message;
import io.qmptape.store.Position;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** What Lucene keeps of one message: everything that queries can find, and the row that lists show. */
final class MessageDocument {
    private final SessionState session;
    private final FrameRecorded recorded;
    private final Message message;
    private final Optional<Asked> asked;
    private final Document document = new Document();

    /** @param asked what the message answers, if it is a reply */
    MessageDocument(SessionState session, FrameRecorded recorded, Message message, Optional<Asked> asked) {
        this.session = session;
        this.recorded = recorded;
        this.message = message;
        this.asked = asked;
    }

    Document at(Position position) throws IOException {
        MessageRow row = row(position);
        keys(row);
        facets(row);
        Opened opened = session.summary().opened();
        QueriedMessage queried = QueriedMessage.of(opened, recorded, message, asked);
        for (QueryField field : QueryField.values()) {
            searchable(field, queried);
        }
        document.add(new StoredField(IndexFields.ROW, RowCodec.encode(row)));
        return document;
    }

    private MessageRow row(Position position) {
        long nanos = recorded.frame().completedAtNanos();
        Optional<Long> latency = asked.map(command -> nanos - command.sentAtNanos());
        return new MessageRow(
                recorded.session(),
                recorded.sequence(),
                session.clock().wallAt(nanos),
                nanos - session.summary().opened().atNanos(),
                recorded.frame().direction(),
                message.kind(),
                Contents.printable(name()),
                Contents.of(recorded.frame(), message),
                latency.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                asked.map(command -> OptionalLong.of(command.sequence())).orElseGet(OptionalLong::empty),
                recorded.findings().size(),
                recorded.masked().size(),
                recorded.frame().descriptors(),
                recorded.frame().bytes().length(),
                position);
    }

    private String name() {
        if (message instanceof Message.Command command) {
            return command.name();
        }
        return message instanceof Message.Event event
                ? event.name()
                : asked.map(Asked::command).orElse("");
    }

    private void keys(MessageRow row) {
        long key = IndexFields.key(session.ordinal(), row.sequence());
        document.add(new StringField(IndexFields.TYPE, IndexFields.MESSAGE, Field.Store.NO));
        number(IndexFields.KEY, key);
        row.pair().ifPresent(command -> number(IndexFields.ANSWERS, IndexFields.key(session.ordinal(), command)));
        document.add(new NumericDocValuesField(IndexFields.SINCE_OPEN, row.sinceOpenNanos()));
    }

    private void number(String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    private void facets(MessageRow row) {
        facet(QueryField.SESSION, recorded.session().toString());
        facet(QueryField.KIND, row.kind().word());
        if (message instanceof Message.Event) {
            facet(QueryField.EVENT, row.name());
        } else {
            facet(QueryField.COMMAND, row.name());
        }
        if (message instanceof Message.Failure failure) {
            facet(QueryField.ERROR_CLASS, Contents.printable(failure.errorClass()));
        }
    }

    private void facet(QueryField field, String value) {
        if (!value.isEmpty()) {
            document.add(new SortedDocValuesField(IndexFields.facet(field.word()), new BytesRef(value)));
        }
    }

    private void searchable(QueryField field, QueriedMessage queried) {
        Set<String> terms = queried.terms(field);
        String name = field.holdsWords() ? IndexFields.whole(field) : field.word();
        if (terms.size() == 1) {
            document.add(new StringField(name, terms.iterator().next(), Field.Store.NO));
        } else if (!terms.isEmpty()) {
            document.add(new Field(name, new WordStream(terms), IndexFields.TERMS));
        }
        if (!queried.words(field).isEmpty()) {
            document.add(new Field(field.word(), new WordStream(queried.words(field)), IndexFields.WORDS));
        }
        queried.number(field).ifPresent(number -> document.add(new LongPoint(field.word(), number)));
    }
}
