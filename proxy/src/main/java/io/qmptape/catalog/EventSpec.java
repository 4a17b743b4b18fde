package io.qmptape.catalog;

import java.time.Duration;
import java.util.List;

/**
 * An event as a catalog knows it.
 *
 * @param summary one sentence
 * @param since the first release that sends it
 * @param throttle at most one is sent in this time; zero where each is sent
 * @param members of {@code data}, parents before their children
 */
public record EventSpec(String name, String summary, QemuVersion since, Duration throttle, List<MemberSpec> members) {
    public EventSpec {
        members = List.copyOf(members);
    }
}
