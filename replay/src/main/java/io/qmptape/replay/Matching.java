package io.qmptape.replay;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.redaction.MaskedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares what a client sent with the step that is due. JSON by value: the order of members, the spelling of numbers and
 * strings, white space and the id do not count. Noise by its bytes. Used once.
 */
final class Matching {
    private static final String WHOLE = "$";

    private final ClientStep due;
    private final ClientStep live;
    private final Secrets secrets;
    private final List<Differing> found = new ArrayList<>();
    /** What the client sent where the recording has a secret. */
    private final List<Span> masked = new ArrayList<>();

    private record Differing(String path, Optional<Json> recorded, Optional<Json> received) {}

    Matching(ClientStep due, ClientStep live, Secrets secrets) {
        this.due = due;
        this.live = live;
        this.secrets = secrets;
        compare();
    }

    boolean isSame() {
        return found.isEmpty();
    }

    List<MemberDifference> differences() {
        List<Span> hidden = hidden();
        return found.stream().map(differing -> shown(differing, hidden)).toList();
    }

    String received() {
        return Excerpt.of(live.bytes(), hidden());
    }

    private void compare() {
        if (due.json().isPresent() && live.json().isPresent()) {
            compare(WHOLE, due.json().get(), live.json().get());
        } else if (due.kind() != live.kind() || !isSameNoise()) {
            found.add(new Differing(WHOLE, Optional.empty(), Optional.empty()));
            masked.addAll(
                    due.masked().isEmpty()
                            ? List.of()
                            : List.of(new Span(0, live.bytes().length())));
        }
    }

    private void compare(String path, Json recorded, Json received) {
        Optional<MaskedText> mask = MaskedText.of(due.bytes(), recorded, due.masked());
        if (mask.isPresent()) {
            masked.add(received.span());
            differ(!secrets.admit(mask.get(), received), path, recorded, received);
        } else if (recorded instanceof Json.Obj one && received instanceof Json.Obj other) {
            compareMembers(path, one, other);
        } else if (recorded instanceof Json.Arr one
                && received instanceof Json.Arr other
                && one.elements().size() == other.elements().size()) {
            for (int i = 0; i < one.elements().size(); i++) {
                compare(
                        path + "[" + i + "]",
                        one.elements().get(i),
                        other.elements().get(i));
            }
        } else {
            differ(!recorded.sameAs(received), path, recorded, received);
        }
    }

    private void compareMembers(String path, Json.Obj recorded, Json.Obj received) {
        for (Json.Member member : recorded.members()) {
            if (!isId(path, member)) {
                String place = path + "." + member.name();
                received.get(member.name())
                        .ifPresentOrElse(
                                value -> compare(place, member.value(), value),
                                () -> found.add(new Differing(place, Optional.of(member.value()), Optional.empty())));
            }
        }
        for (Json.Member member : received.members()) {
            if (!isId(path, member) && recorded.get(member.name()).isEmpty()) {
                found.add(new Differing(path + "." + member.name(), Optional.empty(), Optional.of(member.value())));
            }
        }
    }

    private static boolean isId(String path, Json.Member member) {
        return path.equals(WHOLE) && member.name().equals("id");
    }

    private void differ(boolean isDifferent, String path, Json recorded, Json received) {
        if (isDifferent) {
            found.add(new Differing(path, Optional.of(recorded), Optional.of(received)));
            masked.addAll(masksIn(recorded).findAny().isPresent() ? List.of(received.span()) : List.of());
        }
    }

    private Stream<Masked> masksIn(Json recorded) {
        Span whole = recorded.span();
        return due.masked().stream()
                .filter(mask ->
                        mask.span().start() >= whole.start() && mask.span().end() <= whole.end());
    }

    /** Masked noise is the same if it is the same around the secrets. */
    private boolean isSameNoise() {
        if (due.masked().isEmpty()) {
            return due.body().equals(live.body());
        }
        int first = due.masked().stream()
                .mapToInt(mask -> mask.span().start())
                .min()
                .orElse(0);
        int last =
                due.masked().stream().mapToInt(mask -> mask.span().end()).max().orElse(0);
        String before = due.bytes().slice(0, first).text().stripLeading();
        String after = due.bytes().from(last).text().stripTrailing();
        String text = live.bytes().text().strip();
        return text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
    }

    private List<Span> hidden() {
        return Stream.concat(masked.stream(), secrets.in(live.bytes(), live.json()).stream())
                .toList();
    }

    private MemberDifference shown(Differing differing, List<Span> hidden) {
        if (differing.path().equals(WHOLE) && differing.recorded().isEmpty()) {
            return new MemberDifference(
                    WHOLE,
                    Optional.of(due.kind().word()),
                    Optional.of(live.kind().word()));
        }
        return new MemberDifference(
                differing.path(),
                differing.recorded().map(json -> Excerpt.of(due.bytes(), json.span(), List.of())),
                differing.received().map(json -> Excerpt.of(live.bytes(), json.span(), hidden)));
    }
}
