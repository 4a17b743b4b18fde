package io.qmptape.catalog;

/**
 * The head of a catalog.
 *
 * @param id as {@code qemu-2.1}
 * @param version the newest release it speaks for
 */
record CatalogIdentity(String id, QemuVersion version) {}
