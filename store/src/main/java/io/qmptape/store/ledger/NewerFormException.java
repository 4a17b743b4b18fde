package io.qmptape.store.ledger;

import java.io.IOException;

/** A newer qmptape wrote this: it is whole, and this version cannot tell what it says. */
public final class NewerFormException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormException(String message) {
        super(message);
    }
}
