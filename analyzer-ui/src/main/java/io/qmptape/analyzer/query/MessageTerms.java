package io.qmptape.analyzer.query;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Message.Command;
import io.qmptape.protocol.Message.Event;
import io.qmptape.protocol.Message.Failure;
import io.qmptape.protocol.Message.Success;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what a query can find of one message. An instance is used once. */
final class MessageTerms {
    static final int MAX_MEMBER_TERMS = 6_000;
    static final int MAX_WORDS = 60_000;
    private static final int MAX_NOISE_BYTES = 4096;

    private final Opened opened;
    private final FrameRecorded recorded;
    private final Optional<Asked> asked;
    private final Map<QueryField, Set<String>> terms = new EnumMap<>(QueryField.class);
    private final Map<QueryField, List<String>> words = new EnumMap<>(QueryField.class);
    private final Map<QueryField, Long> numbers = new EnumMap<>(QueryField.class);

    MessageTerms(Opened opened, FrameRecorded recorded, Optional<Asked> asked) {
        this.opened = opened;
        this.recorded = recorded;
        this.asked = asked;
    }

    QueriedMessage of(Message message) {
        envelope(message);
        answer();
        id(message);
        content(message);
        return new QueriedMessage(terms, words, numbers);
    }

    private void envelope(Message message) {
        term(QueryField.KIND, message.kind().word());
        term(QueryField.DIRECTION, recorded.frame().direction().word());
        term(QueryField.SESSION, opened.session().toString());
        term(QueryField.MACHINE, opened.machine().name());
        recorded.findings().stream().map(Finding::rule).forEach(rule -> term(QueryField.FINDING, rule));
        numbers.put(QueryField.SEQUENCE, recorded.sequence());
        trait(Trait.FINDING, !recorded.findings().isEmpty());
        trait(Trait.MASKED, !recorded.masked().isEmpty());
        trait(Trait.DESCRIPTORS, recorded.frame().descriptors() > 0);
        trait(Trait.OOB, message instanceof Command command && command.isOutOfBand());
    }

    private void answer() {
        asked.ifPresent(command -> {
            numbers.put(QueryField.LATENCY, recorded.frame().completedAtNanos() - command.sentAtNanos());
            name(QueryField.COMMAND, command.command());
        });
        trait(Trait.LATENCY, asked.isPresent());
    }

    private void id(Message message) {
        trait(Trait.ID, message.id().isPresent());
        message.id().flatMap(Scalars::text).ifPresent(id -> {
            term(QueryField.ID, id);
            text(QueryField.TEXT, id);
        });
    }

    private void content(Message message) {
        if (message instanceof Command command) {
            name(QueryField.COMMAND, command.name());
            command.arguments().ifPresent(arguments -> members(QueryField.ARGUMENT, arguments));
        } else if (message instanceof Success success) {
            members(QueryField.RETURN, success.value());
        } else if (message instanceof Failure failure) {
            name(QueryField.ERROR_CLASS, failure.errorClass());
            text(QueryField.ERROR_DESCRIPTION, failure.description());
            text(QueryField.TEXT, failure.description());
        } else if (message instanceof Event event) {
            name(QueryField.EVENT, event.name());
            event.data().ifPresent(data -> members(QueryField.DATA, data));
        } else if (message instanceof Message.Greeting greeting) {
            members(QueryField.TEXT, greeting.json());
        } else if (message instanceof Message.Unrecognized unrecognized) {
            members(QueryField.TEXT, unrecognized.json());
        } else {
            Bytes bytes = recorded.frame().bytes();
            text(
                    QueryField.TEXT,
                    bytes.slice(0, Math.min(bytes.length(), MAX_NOISE_BYTES)).text());
        }
    }

    private void name(QueryField field, String name) {
        if (!name.isEmpty()) {
            term(field, name);
            text(QueryField.TEXT, name);
        }
    }

    private void term(QueryField field, String value) {
        terms(field).add(Words.folded(value));
    }

    private void trait(Trait trait, boolean isThere) {
        if (isThere) {
            term(QueryField.HAS, trait.word());
        }
    }

    /** Members become terms of their field, if that has paths, and words of the free text in any case. */
    private void members(QueryField field, Json root) {
        JsonWalk walk = new JsonWalk(root);
        boolean hasPaths = field.takesPath();
        while (walk.moves() && !isFull(field)) {
            if (hasPaths) {
                member(terms(field), walk);
            }
            text(walk);
        }
        trait(Trait.CUT, isTextFull() || hasPaths && terms(field).size() >= MAX_MEMBER_TERMS);
    }

    private boolean isFull(QueryField field) {
        return (!field.takesPath() || terms(field).size() >= MAX_MEMBER_TERMS) && isTextFull();
    }

    private boolean isTextFull() {
        return words(QueryField.TEXT).size() >= MAX_WORDS
                || terms(QueryField.TEXT).size() >= MAX_WORDS;
    }

    private static void member(Set<String> terms, JsonWalk walk) {
        if (terms.size() >= MAX_MEMBER_TERMS) {
            return;
        }
        if (!walk.path().isEmpty()) {
            terms.add(MemberTerms.presence(walk.path()));
        }
        Scalars.text(walk.value()).ifPresent(text -> terms.add(MemberTerms.value(walk.path(), Words.folded(text))));
        Scalars.number(walk.value()).ifPresent(number -> terms.add(MemberTerms.number(walk.path(), number)));
    }

    private void text(JsonWalk walk) {
        if (isTextFull()) {
            return;
        }
        if (!walk.name().isEmpty()) {
            whole(QueryField.TEXT, walk.name());
            words(QueryField.TEXT).addAll(Words.of(walk.name()));
        }
        Scalars.text(walk.value()).ifPresent(value -> text(QueryField.TEXT, value));
    }

    private void text(QueryField field, String value) {
        whole(field, value);
        words(field).addAll(Words.of(value));
        words(field).add("");
    }

    private void whole(QueryField field, String value) {
        terms(field).add(Words.folded(value));
    }

    private Set<String> terms(QueryField field) {
        return terms.computeIfAbsent(field, unused -> new LinkedHashSet<>());
    }

    private List<String> words(QueryField field) {
        return words.computeIfAbsent(field, unused -> new ArrayList<>());
    }
}
