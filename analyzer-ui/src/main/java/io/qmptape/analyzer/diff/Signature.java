package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import java.util.List;
import java.util.Optional;

/** What makes a command the same step in another run: its name, and the arguments that say what it is about. */
final class Signature {
    private static final List<String> IDENTIFYING = List.of(
            "id",
            "device",
            "node-name",
            "job-id",
            "driver",
            "property",
            "path",
            "qom-type",
            "typename",
            "name",
            "label",
            "command-line");
    private static final int MAX_VALUE = 256;

    private Signature() {}

    static String of(Exchange exchange, StandInView view) {
        StringBuilder signature = new StringBuilder(exchange.name());
        if (exchange.command().read() instanceof Message.Command command
                && command.arguments().orElse(null) instanceof Json.Obj arguments) {
            RunRules rules = view.rules(exchange.name(), exchange.command());
            Place place = Place.ROOT.member("arguments");
            for (Json.Member member : arguments.members()) {
                int rank = IDENTIFYING.indexOf(member.name());
                if (rank >= 0) {
                    text(member.value(), place.member(member.name()), rules)
                            .ifPresent(text -> signature
                                    .append('\0')
                                    .append(rank)
                                    .append('=')
                                    .append(text));
                }
            }
        }
        return signature.toString();
    }

    private static Optional<String> text(Json value, Place place, RunRules rules) {
        if (rules.standIn(place.rule(), value).isPresent()) {
            return Optional.empty();
        }
        if (value instanceof Json.Str string) {
            return Optional.of(string.value()
                    .substring(0, Math.min(MAX_VALUE, string.value().length())));
        }
        return value instanceof Json.Num number ? Optional.of(number.text()) : Optional.empty();
    }
}
