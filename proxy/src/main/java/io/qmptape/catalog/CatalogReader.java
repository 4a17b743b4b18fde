package io.qmptape.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the text form of a catalog; the head of {@code qemu-2.1.catalog} explains it. */
public final class CatalogReader {
    private static final Set<String> HEAD_WORDS = Set.of("version", "later");
    private static final Set<String> COMMAND_WORDS =
            Set.of("summary", "effect", "events", "removed", "argument", "result", "member");
    private static final Set<String> EVENT_WORDS = Set.of("summary", "since", "throttle", "member");

    private final List<CommandSpec> commands = new ArrayList<>();
    private final List<EventSpec> events = new ArrayList<>();
    private final Set<String> later = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private CatalogReader() {}

    /**
     * Reads the lines of a catalog.
     *
     * @param source what errors call the text, as a file's name
     * @throws IllegalArgumentException if the text is no catalog; the message begins with source and line number
     */
    public static Catalog read(String source, List<String> lines) {
        List<CatalogBlock> blocks = CatalogBlock.cut(source, lines);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(source + ":1: no catalog in here; it begins with 'catalog NAME'");
        }
        return new CatalogReader().whole(blocks);
    }

    private Catalog whole(List<CatalogBlock> blocks) {
        CatalogIdentity identity = head(blocks.get(0));
        blocks.subList(1, blocks.size()).forEach(this::block);
        return new Catalog(identity, commands, events, later);
    }

    private CatalogIdentity head(CatalogBlock block) {
        if (!block.head().keyword().equals("catalog")) {
            throw block.head()
                    .fault("the first line is 'catalog NAME', not '"
                            + block.head().keyword() + "'");
        }
        block.allowOnly(HEAD_WORDS);
        block.all("later").forEach(entry -> later.add(entry.word()));
        return new CatalogIdentity(block.name(), version(block.one("version")));
    }

    private void block(CatalogBlock block) {
        switch (block.head().keyword()) {
            case "command" -> commands.add(command(block));
            case "event" -> events.add(event(block));
            default -> throw block.head().fault("'" + block.head().keyword() + "' opens no block");
        }
        if (!names.add(block.name())) {
            throw block.head().fault("a second '" + block.name() + "'");
        }
    }

    private static CommandSpec command(CatalogBlock block) {
        block.allowOnly(COMMAND_WORDS);
        CatalogEntry result = block.one("result");
        ValueType type = result.parsed(result.word(), ValueType::ofWord);
        return new CommandSpec(
                block.name(),
                block.one("summary").rest(),
                effect(block.one("effect")),
                distinct(block.all("argument"), CatalogReader::argument, ArgumentSpec::name),
                new ReplySpec(type, members(block)),
                block.optional("events").map(CatalogEntry::words).orElse(List.of()),
                block.optional("removed").map(CatalogReader::removal));
    }

    private static EventSpec event(CatalogBlock block) {
        block.allowOnly(EVENT_WORDS);
        return new EventSpec(
                block.name(),
                block.one("summary").rest(),
                version(block.one("since")),
                block.optional("throttle").map(CatalogReader::throttle).orElse(Duration.ZERO),
                members(block));
    }

    private static Effect effect(CatalogEntry entry) {
        return entry.parsed(
                entry.word(),
                word -> Arrays.stream(Effect.values())
                        .filter(effect -> effect.word().equals(word))
                        .findFirst());
    }

    private static Removal removal(CatalogEntry entry) {
        return new Removal(version(entry), entry.remark());
    }

    private static QemuVersion version(CatalogEntry entry) {
        return entry.parsed(entry.word(), QemuVersion::parse);
    }

    private static Duration throttle(CatalogEntry entry) {
        List<String> words = entry.words(2, 2);
        if (!words.get(0).matches("\\d{1,9}") || !words.get(1).equals("ms")) {
            throw entry.fault("a throttle is written as '1000 ms'");
        }
        return Duration.ofMillis(Long.parseLong(words.get(0)));
    }

    private static ArgumentSpec argument(CatalogEntry entry) {
        List<String> words = entry.words(2, 3);
        boolean isOptional = words.get(0).endsWith("?");
        ValueType type = entry.parsed(words.get(1), ValueType::ofWord);
        String code = words.size() == 3 ? words.get(2) : "";
        if (!code.isEmpty() && !agrees(entry.parsed(code, ArgumentCode::of), code, type, isOptional)) {
            throw entry.fault("code '" + code + "' does not go with '" + words.get(0) + " " + words.get(1) + "'");
        }
        return new ArgumentSpec(withoutMark(words.get(0)), type, isOptional, code, entry.remark());
    }

    private static boolean agrees(ArgumentCode known, String code, ValueType type, boolean isOptional) {
        return known.type() == type && known.isOptional(code) == isOptional;
    }

    private static List<MemberSpec> members(CatalogBlock block) {
        return distinct(block.all("member"), CatalogReader::member, MemberSpec::path);
    }

    private static MemberSpec member(CatalogEntry entry) {
        List<String> words = entry.words(2, 3);
        String path = withoutMark(words.get(0));
        if (!MemberPath.isWellFormed(path)) {
            throw entry.fault("'" + path + "' is no path");
        }
        return new MemberSpec(
                path,
                entry.parsed(words.get(1), ValueType::ofWord),
                words.get(0).endsWith("?"),
                words.size() == 3 ? List.of(words.get(2).split("\\|")) : List.of());
    }

    private static String withoutMark(String name) {
        return name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
    }

    private static <T> List<T> distinct(
            List<CatalogEntry> entries, Function<CatalogEntry, T> parser, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        return entries.stream()
                .map(entry -> Optional.of(parser.apply(entry))
                        .filter(spec -> seen.add(name.apply(spec)))
                        .orElseThrow(() -> entry.fault("named a second time: '" + entry.rest() + "'")))
                .collect(Collectors.toUnmodifiableList());
    }
}
