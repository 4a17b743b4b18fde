package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import java.util.List;
import java.util.Optional;

/** What a server says unasked. */
final class EventRules {
    private static final String DATA = JsonPath.child(JsonPath.ROOT, "data");
    private static final Json NOTHING = new Json.Obj(new Span(0, 0), List.of());

    private final Catalog catalog;
    private final MemberRules members;

    EventRules(Catalog catalog, MemberRules members) {
        this.catalog = catalog;
        this.members = members;
    }

    void judge(Message.Event event, Findings findings) {
        if (event.json().get("timestamp").isEmpty()) {
            findings.add(
                    Rule.EVENT_MEMBER_MISSING, JsonPath.child(JsonPath.ROOT, "timestamp"), "'timestamp' is absent");
        }
        Optional<EventSpec> known = catalog.event(event.name());
        if (known.isEmpty()) {
            findings.addByCatalog(
                    Rule.EVENT_UNKNOWN,
                    Severity.INFO,
                    JsonPath.child(JsonPath.ROOT, "event"),
                    "the catalog has no " + Naming.of("event", event.name()));
        }
        known.ifPresent(spec -> data(spec, event.data().orElse(NOTHING), findings));
    }

    private void data(EventSpec spec, Json data, Findings findings) {
        MemberPath.Place root = new MemberPath.Place(DATA, data);
        members.missing(spec.members(), root, Rule.EVENT_MEMBER_MISSING, findings);
        members.types(spec.members(), root, Rule.EVENT_MEMBER_TYPE, findings);
    }
}
