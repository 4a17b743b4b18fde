package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is masked: the bundled table, without or with its optional groups, and what a user adds. Immutable. */
public final class MaskRules {
    private static final String BUNDLED = "mask.rules";
    private static final MaskTable TABLE = bundled();

    private final List<MaskRule> rules;
    private final Map<MessagePart, Remembered<List<MaskRule>>> byName = new EnumMap<>(MessagePart.class);
    private final Map<MessagePart, List<MaskRule>> ofAnyReply = new EnumMap<>(MessagePart.class);
    private final Remembered<List<MaskRule>> ofReply = new Remembered<>(this::choose);

    private MaskRules(List<MaskRule> rules) {
        this.rules = List.copyOf(rules);
        for (MessagePart part : MessagePart.values()) {
            byName.put(part, new Remembered<>(who -> choose(part, who)));
            ofAnyReply.put(
                    part,
                    choose(part, "").stream().filter(MaskRule::asksNothing).toList());
        }
    }

    /** What is masked when nobody says otherwise. */
    public static MaskRules usual() {
        return new MaskRules(TABLE.rules(MaskTable.ALWAYS));
    }

    /** Nothing is masked. */
    public static MaskRules none() {
        return new MaskRules(List.of());
    }

    /** What can be masked beyond the usual. */
    public static Set<String> groups() {
        return TABLE.groups();
    }

    /** @throws IllegalArgumentException if one of the groups is not there */
    public MaskRules withGroups(Collection<String> names) {
        List<MaskRule> more = new ArrayList<>();
        for (String name : names) {
            if (!groups().contains(name)) {
                throw new IllegalArgumentException("nothing can be masked under the name '" + name + "'; there are "
                        + String.join(", ", groups()));
            }
            more.addAll(TABLE.rules(name));
        }
        return with(more);
    }

    /**
     * More rules, in the words of {@code mask.rules}.
     *
     * @param source how complaints call the place where they stand, as {@code --mask-rule} or a file
     * @throws IllegalArgumentException with source, line and what is wrong, if one of them is none
     */
    public MaskRules withRules(String source, List<String> lines) {
        return with(TABLE.more(source, lines));
    }

    private MaskRules with(List<MaskRule> more) {
        return new MaskRules(Stream.concat(rules.stream(), more.stream()).toList());
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Where secrets stand in what a client sent.
     *
     * @param json with spans into {@code bytes}; empty for noise
     */
    public List<Span> secretsIn(Bytes bytes, Optional<Json> json) {
        List<Secret> secrets = json.isPresent()
                ? new MessageSecrets(this).in(bytes, Message.of(Direction.CLIENT_TO_SERVER, json))
                : NoiseSecrets.of(this, bytes, Direction.CLIENT_TO_SERVER).secrets();
        return secrets.stream().map(Secret::span).toList();
    }

    /** @param who command or event; empty for what is neither */
    List<MaskRule> of(MessagePart part, String who) {
        return Objects.requireNonNull(byName.get(part)).of(who);
    }

    private List<MaskRule> choose(MessagePart part, String who) {
        return rules.stream()
                .filter(rule -> rule.part() == part && rule.isFor(who))
                .toList();
    }

    /** Those about any reply, whatever was asked. */
    List<MaskRule> ofAnyReply(MessagePart part) {
        return Objects.requireNonNull(ofAnyReply.get(part));
    }

    /** Those about the reply to this command that are not for any. */
    List<MaskRule> ofReply(String who, Json command) {
        List<MaskRule> chosen = ofReply.of(who);
        return chosen.isEmpty()
                ? chosen
                : chosen.stream().filter(rule -> rule.mayApply(command)).toList();
    }

    private List<MaskRule> choose(String who) {
        return rules.stream()
                .filter(rule -> rule.part() == MessagePart.RETURN || rule.part() == MessagePart.ERROR)
                .filter(rule -> !(rule.isFor("") && rule.asksNothing()))
                .filter(rule -> rule.isFor(who))
                .toList();
    }

    /** By name alone, and whatever stands behind the name. */
    boolean isSecretName(String name) {
        return TABLE.secretNames().matchesName(name);
    }

    /** By name alone, in some commands. */
    boolean isSometimesSecret(String name) {
        return rules.stream().flatMap(rule -> rule.namesInNoise().stream()).anyMatch(names -> names.matchesName(name));
    }

    /** Of a URL's query. */
    static boolean isSecretParameter(String name) {
        return TABLE.secretParameters().matchesName(name);
    }

    private static MaskTable bundled() {
        try (InputStream in = MaskRules.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the table of masks is missing in this qmptape: build it anew");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return MaskTable.read(BUNDLED, text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
