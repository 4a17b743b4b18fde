package io.qmptape.policy;

/**
 * What a policy says about one command.
 *
 * @param reason the rule that says so, in words for people
 */
public record Decision(boolean isAllowed, String reason) {}
