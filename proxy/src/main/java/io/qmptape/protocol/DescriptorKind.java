package io.qmptape.protocol;

/** What kind of file descriptor came with a byte (SCM_RIGHTS). Never what is in it. */
public enum DescriptorKind {
    FILE,
    SOCKET,
    PIPE,
    DEVICE,
    OTHER
}
