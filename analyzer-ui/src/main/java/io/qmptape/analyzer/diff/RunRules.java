package io.qmptape.analyzer.diff;

import io.qmptape.protocol.Json;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.redaction.MaskedText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules that hold for one command: which values are compared by something else than themselves. */
final class RunRules {
    private static final Pattern ANYWHERE = Pattern.compile(".*", Pattern.DOTALL);
    private static final Pattern AUTO_NODE_NAME = Pattern.compile("#block[0-9]{1,10}");
    private static final Pattern HOST_NUMBERS = Pattern.compile("0x[0-9a-fA-F]{1,16}|\\b(?:thread_id|pid)=[0-9]{1,10}");
    private static final Pattern TEMPORARY_FILE = Pattern.compile("/vl\\.[0-9A-Za-z]{6}\\b");
    private static final int MAX_TEXT = 1 << 16;

    private static final List<RunRule> ALL = List.of(
            RunRule.anyValue(
                    "host-thread",
                    "the host numbers threads anew; props.thread-id is topology and stays",
                    Set.of("query-cpus", "query-cpus-fast", "query-iothreads"),
                    "\\$\\.return\\[]\\.thread[-_]id"),
            RunRule.anyValue(
                    "host-process",
                    "the host numbers processes anew",
                    Set.of("guest-exec", "guest-exec-status"),
                    "\\$\\.(return|arguments)\\.pid"),
            RunRule.anyValue(
                    "host-descriptor",
                    "descriptors get whatever number is free",
                    Set.of("add-fd", "query-fdsets"),
                    "\\$\\.return(\\[]\\.fds\\[])?\\.(fd|fdset-id)|\\$\\.return\\[]\\.fdset-id"),
            RunRule.anyValue(
                    "host-path",
                    "terminals, ports and sockets of the host",
                    Set.of("chardev-add", "chardev-change", "query-chardev"),
                    "\\$\\.return\\.pty|\\$\\.return\\[]\\.filename"),
            RunRule.anyValue(
                    "port",
                    "ports and connection numbers of the host",
                    Set.of("query-vnc", "query-spice"),
                    "\\$\\.return\\.(service|port|tls-port)|\\$\\.return\\.(clients|channels)\\[]\\.(service|port|connection-id)"),
            RunRule.anyValue(
                    "counter",
                    "counts what happened so far",
                    Set.of("query-blockstats", "query-migrate"),
                    "\\$\\.return\\[]\\..*stats\\..*|\\$\\.return\\.(ram|disk|xbzrle-cache)\\..*"),
            RunRule.anyValue(
                    "duration",
                    "takes as long as it takes",
                    Set.of("query-migrate"),
                    "\\$\\.return\\.(total-time|setup-time|downtime|expected-downtime)"),
            RunRule.anyValue(
                    "progress",
                    "depends on the moment of asking",
                    Set.of("query-block-jobs", "query-jobs"),
                    "\\$\\.return\\[]\\.(offset|len|busy|current-progress|total-progress)"),
            RunRule.anyValue(
                    "clock",
                    "time of day",
                    Set.of("qom-get", "guest-get-time", "query-block", "query-named-block-nodes", "query-dirty-rate"),
                    "\\$\\.return\\.tm_[a-z]+|.*\\.(date-n?sec|vm-clock-n?sec|start-time)|\\$\\.return\\.time"),
            RunRule.anyValue(
                    "host-storage",
                    "how much of a file the host has allocated",
                    Set.of("query-block", "query-named-block-nodes"),
                    ".*\\.actual-size"),
            RunRule.anyValue(
                    "guest-state",
                    "what the guest does at that moment",
                    Set.of("query-cpus", "query-balloon"),
                    "\\$\\.return\\[]\\.(pc|nip|npc|PC|halted)|\\$\\.return\\.actual"),
            new RunRule(
                    "auto-name",
                    "QEMU numbers nodes that have no name",
                    Set.of(),
                    ANYWHERE,
                    strings(text -> AUTO_NODE_NAME.matcher(text).matches() ? Optional.of("node") : Optional.empty())),
            new RunRule(
                    "temporary-file",
                    "snapshot=on writes to a file with a random name",
                    Set.of("query-block", "query-named-block-nodes", "query-blockstats"),
                    ANYWHERE,
                    strings(text -> without(TEMPORARY_FILE, text))),
            new RunRule(
                    "free-text",
                    "addresses and process numbers in text for people",
                    Set.of("human-monitor-command"),
                    Pattern.compile("\\$\\.return"),
                    strings(text -> without(HOST_NUMBERS, text))));

    private final List<RunRule> rules;
    private final Optional<FrameRecorded> blind;

    private RunRules(List<RunRule> rules, Optional<FrameRecorded> blind) {
        this.rules = rules;
        this.blind = blind;
    }

    static RunRules of(String command) {
        return new RunRules(ALL.stream().filter(rule -> rule.isFor(command)).toList(), Optional.empty());
    }

    /** The same for values of a frame whose stand-ins say nothing. */
    RunRules blindTo(FrameRecorded frame) {
        return new RunRules(rules, Optional.of(frame));
    }

    /** The value, if it has stand-ins that say nothing. */
    Optional<MaskedText> unknown(Json value) {
        return blind.flatMap(frame -> MaskedText.of(frame, value));
    }

    /** What a value at a path is compared by; empty if by itself. */
    Optional<String> standIn(String path, Json value) {
        Optional<MaskedText> unknown = unknown(value);
        if (unknown.isPresent()) {
            return unknown.map(masked -> "masked " + masked.outline());
        }
        for (RunRule rule : rules) {
            if (rule.path().matcher(path).matches()) {
                Optional<String> standIn = rule.standIn().apply(value);
                if (standIn.isPresent()) {
                    return standIn.map(text -> rule.name() + " " + text);
                }
            }
        }
        return Optional.empty();
    }

    private static Function<Json, Optional<String>> strings(Function<String, Optional<String>> standIn) {
        return value -> value instanceof Json.Str string ? standIn.apply(string.value()) : Optional.empty();
    }

    private static Optional<String> without(Pattern noise, String text) {
        return text.length() > MAX_TEXT || !noise.matcher(text).find()
                ? Optional.empty()
                : Optional.of(noise.matcher(text).replaceAll("…"));
    }
}
