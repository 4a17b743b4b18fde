package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.util.List;

final class Alignment {
    private final List<Exchange> a;
    private final List<Exchange> b;

    Alignment(List<Exchange> a, List<Exchange> b) {
        this.a = a;
        this.b = b;
    }

    SessionDiff diff() {
        return new SessionDiff(a.isEmpty() && b.isEmpty() ? List.of() : List.of());
    }
}
