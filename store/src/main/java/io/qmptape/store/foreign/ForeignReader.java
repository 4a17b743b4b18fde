package io.qmptape.store.foreign;

import java.io.IOException;

/** Reads one form in which QMP is kept elsewhere. Has no state between readings. */
interface ForeignReader {
    /** @param head the beginning of the text, an octet a character */
    boolean recognises(String head);

    /** Reads all of it: what it understands becomes sessions, what not is told by line. */
    void read(Lines lines, ForeignSessions sessions) throws IOException;
}
