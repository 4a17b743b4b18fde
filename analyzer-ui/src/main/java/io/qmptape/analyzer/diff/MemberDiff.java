package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.store.redaction.MaskedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The members in which two exchanges of one command differ: those of the command, and those of the reply; ids and times
 * of day do not count. Objects are compared member by member in any order, arrays by {@link ArrayKey} in any order or
 * else by place. Stops at {@value #MAX_CHANGES} changes.
 */
final class MemberDiff {
    static final int MAX_CHANGES = 1_000;
    /** Deeper values are compared as a whole. */
    private static final int MAX_DEPTH = 48;

    private static final List<String> IGNORED = List.of("id", "timestamp");

    private final StandInView view;
    private final String command;
    private final List<MemberChange> changes = new ArrayList<>();
    private RunRules rulesA;
    private RunRules rulesB;
    private int unknown;

    private MemberDiff(Exchange a, Exchange b, StandInView view) {
        this.view = view;
        this.command = a.name();
        this.rulesA = view.rules(command, a.command());
        this.rulesB = view.rules(command, b.command());
    }

    static MemberDiff of(Exchange a, Exchange b, StandInView view) {
        MemberDiff diff = new MemberDiff(a, b, view);
        diff.objects(Place.ROOT, command(a), command(b));
        diff.replies(a, b);
        return diff;
    }

    List<MemberChange> changes() {
        return changes;
    }

    /** Masked values of which nobody can tell whether they are the same. */
    int unknown() {
        return unknown;
    }

    /** What counts of a command, in one text. */
    static String content(Exchange exchange, StandInView view) {
        RunRules ofCommand = view.rules(exchange.name(), exchange.command());
        RunRules ofReply = exchange.reply()
                .map(reply -> view.rules(exchange.name(), reply))
                .orElse(ofCommand);
        return Stream.concat(texts(command(exchange), ofCommand), texts(reply(exchange), ofReply))
                .sorted()
                .toList()
                .toString();
    }

    private static Stream<String> texts(List<Json.Member> members, RunRules rules) {
        return members.stream()
                .map(member -> member.name() + Canonical.of(member.value(), Place.ROOT.member(member.name()), rules));
    }

    private void replies(Exchange a, Exchange b) {
        rulesA = a.reply().map(reply -> view.rules(command, reply)).orElse(rulesA);
        rulesB = b.reply().map(reply -> view.rules(command, reply)).orElse(rulesB);
        objects(Place.ROOT, reply(a), reply(b));
    }

    private static List<Json.Member> command(Exchange exchange) {
        return exchange.command().read() instanceof Message.Command command ? counting(command.json()) : List.of();
    }

    private static List<Json.Member> reply(Exchange exchange) {
        Optional<Message> reply = exchange.reply().map(answer -> answer.read());
        if (reply.isPresent() && reply.get() instanceof Message.Success success) {
            return counting(success.json());
        }
        return reply.isPresent() && reply.get() instanceof Message.Failure failure
                ? counting(failure.json())
                : List.of();
    }

    private static List<Json.Member> counting(Json.Obj object) {
        return object.members().stream()
                .filter(member -> !IGNORED.contains(member.name()))
                .filter(member -> !isNoArguments(member))
                .toList();
    }

    /** QEMU takes {@code "arguments": {}} as if it were not there. */
    private static boolean isNoArguments(Json.Member member) {
        return member.name().equals("arguments")
                && member.value() instanceof Json.Obj object
                && object.members().isEmpty();
    }

    private void objects(Place place, List<Json.Member> a, List<Json.Member> b) {
        Map<String, Json> left = new HashMap<>();
        b.forEach(member -> left.put(member.name(), member.value()));
        for (Json.Member member : a) {
            Json other = left.remove(member.name());
            compare(place.member(member.name()), Optional.of(member.value()), Optional.ofNullable(other));
        }
        for (Json.Member member : b) {
            if (left.containsKey(member.name())) {
                compare(place.member(member.name()), Optional.empty(), Optional.of(member.value()));
            }
        }
    }

    private void compare(Place place, Optional<Json> a, Optional<Json> b) {
        if (a.isEmpty() || b.isEmpty()) {
            change(place, a, b);
        } else if (isUnknown(a.get(), b.get())) {
            unknown++;
        } else if (place.depth() < MAX_DEPTH && a.get() instanceof Json.Obj one && b.get() instanceof Json.Obj other) {
            objects(place, one.members(), other.members());
        } else if (place.depth() < MAX_DEPTH && a.get() instanceof Json.Arr one && b.get() instanceof Json.Arr other) {
            arrays(place, one, other);
        } else if (!Canonical.of(a.get(), place, rulesA).equals(Canonical.of(b.get(), place, rulesB))) {
            change(place, a, b);
        }
    }

    /** A value of the same type, and in a text the same around the stand-ins. */
    private boolean isUnknown(Json a, Json b) {
        Optional<MaskedText> one = rulesA.unknown(a);
        Optional<MaskedText> other = rulesB.unknown(b);
        String type = one.map(MaskedText::type).orElse(a.type());
        if (one.isEmpty() && other.isEmpty()
                || !type.equals(other.map(MaskedText::type).orElse(b.type()))) {
            return false;
        }
        boolean isWhole = Stream.of(one, other).flatMap(Optional::stream).anyMatch(MaskedText::isWhole);
        return isWhole || one.map(masked -> fits(masked, b)).orElseGet(() -> fits(other.orElseThrow(), a));
    }

    private static boolean fits(MaskedText masked, Json other) {
        return other instanceof Json.Str text && masked.partsOf(text.value()).isPresent();
    }

    private void arrays(Place place, Json.Arr a, Json.Arr b) {
        Optional<ArrayKey> key = ArrayKey.of(a, b, place, rulesA);
        if (key.isPresent()) {
            keyed(place, key.get().index(a).orElseThrow(), key.get().index(b).orElseThrow());
        } else {
            ordered(place, a.elements(), b.elements());
        }
    }

    private void keyed(Place place, Map<String, Json> a, Map<String, Json> b) {
        a.forEach(
                (label, value) -> compare(place.element(label), Optional.of(value), Optional.ofNullable(b.get(label))));
        b.forEach((label, value) -> {
            if (!a.containsKey(label)) {
                compare(place.element(label), Optional.empty(), Optional.of(value));
            }
        });
    }

    private void ordered(Place place, List<Json> a, List<Json> b) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] partners = Aligner.partners(numbers(place, a, rulesA, numbers), numbers(place, b, rulesB, numbers));
        int atB = 0;
        int gapA = 0;
        for (int atA = 0; atA <= a.size(); atA++) {
            int partner = atA == a.size() ? b.size() : partners[atA];
            if (partner >= 0) {
                if (atA < a.size() && view == StandInView.UNKNOWN) {
                    compare(place.element(Integer.toString(atA)), Optional.of(a.get(atA)), Optional.of(b.get(partner)));
                }
                gap(place, new Gap(a.subList(gapA, atA), gapA), new Gap(b.subList(atB, partner), atB));
                gapA = atA + 1;
                atB = partner + 1;
            }
        }
    }

    /** Elements between two matches, with the place of the first. */
    private record Gap(List<Json> elements, int start) {
        Optional<Json> get(int index) {
            return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
        }
    }

    private void gap(Place place, Gap a, Gap b) {
        int longer = Math.max(a.elements().size(), b.elements().size());
        for (int i = 0; i < longer; i++) {
            int shown = a.get(i).isPresent() ? a.start() + i : b.start() + i;
            compare(place.element(Integer.toString(shown)), a.get(i), b.get(i));
        }
    }

    private static int[] numbers(Place place, List<Json> elements, RunRules rules, Map<String, Integer> numbers) {
        Place element = place.element("");
        return elements.stream()
                .mapToInt(
                        value -> numbers.computeIfAbsent(Canonical.of(value, element, rules), unused -> numbers.size()))
                .toArray();
    }

    private void change(Place place, Optional<Json> a, Optional<Json> b) {
        if (changes.size() < MAX_CHANGES) {
            changes.add(new MemberChange(place.shown(), a.map(JsonText::of), b.map(JsonText::of)));
        }
    }
}
