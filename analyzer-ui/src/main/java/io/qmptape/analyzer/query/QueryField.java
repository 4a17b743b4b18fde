package io.qmptape.analyzer.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a query can ask about, in the words that people type before the colon. */
public enum QueryField {
    COMMAND("command", Reading.TERMS),
    EVENT("event", Reading.TERMS),
    KIND("kind", Reading.CHOICE),
    DIRECTION("dir", Reading.CHOICE),
    ERROR_CLASS("error.class", Reading.TERMS),
    ERROR_DESCRIPTION("error.desc", Reading.WORDS),
    ARGUMENT("arg", Reading.MEMBERS),
    RETURN("return", Reading.MEMBERS),
    DATA("data", Reading.MEMBERS),
    SESSION("session", Reading.PREFIX),
    MACHINE("vm", Reading.TERMS),
    ID("id", Reading.TERMS),
    LATENCY("latency", Reading.DURATION),
    SEQUENCE("seq", Reading.NUMBER),
    FINDING("finding", Reading.TERMS),
    HAS("has", Reading.CHOICE),
    TEXT("text", Reading.WORDS);

    /** How the values of a field are read and compared. */
    enum Reading {
        /** The whole value, or a pattern with wildcards for it. */
        TERMS,
        /** The whole value or its beginning. */
        PREFIX,
        /** One of a few words. */
        CHOICE,
        /** Words that follow each other. */
        WORDS,
        /** A path, and a value or a range of numbers at it. */
        MEMBERS,
        NUMBER,
        DURATION
    }

    private final String word;
    private final Reading reading;

    QueryField(String word, Reading reading) {
        this.word = word;
        this.reading = reading;
    }

    public String word() {
        return word;
    }

    Reading reading() {
        return reading;
    }

    /** Whether its values are texts of several words, found by phrase. */
    public boolean holdsWords() {
        return reading == Reading.WORDS;
    }

    boolean takesPath() {
        return reading == Reading.MEMBERS;
    }

    static Optional<QueryField> ofWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(field -> field.word.equals(lower)).findFirst();
    }

    /** As help texts list them: {@code arg.<path>:} for those that take one. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(field -> field.word + (field.takesPath() ? ".<path>" : "") + ":")
                .toList();
    }
}
