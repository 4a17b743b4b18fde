package io.qmptape.catalog;

/**
 * One thing a validator says about one message.
 *
 * @param rule id of the rule, as {@code args/missing}
 * @param path where in the message, as {@code $.arguments.device}; {@code $} for the whole
 * @param text one sentence for people; holds names, never values: they may be secret
 */
public record Finding(String rule, Severity severity, String path, String text) {}
