package io.qmptape.catalog;

/**
 * The end of a command.
 *
 * @param version the first release without it
 * @param replacement what to use there
 */
public record Removal(QemuVersion version, String replacement) {}
