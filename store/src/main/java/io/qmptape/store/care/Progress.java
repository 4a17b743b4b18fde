package io.qmptape.store.care;

/** Is told how far long work has come. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, all) -> {};

    void at(long done, long all);
}
