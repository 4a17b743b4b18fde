package io.qmptape.store.redaction;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.Masked;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts stand-ins in the place of secrets, in the message's own bytes. One for a session: it remembers what a command hid
 * until its reply has come, because QEMU's answers repeat values. One thread.
 */
public final class Redactor {
    private static final int MAX_REMEMBERED = 10_000;

    private final Redaction redaction;
    private final MaskRules rules;
    private final Map<Long, Hidden> hidden = new LinkedHashMap<>();
    /** Directions whose last noise ended inside a secret: what comes before the next message may be its rest. */
    private final Set<Direction> brokenOff = EnumSet.noneOf(Direction.class);

    private boolean hasForgotten;
    private boolean areCommandsMissing;

    public Redactor(Redaction redaction) {
        this.redaction = redaction;
        this.rules = redaction.rules();
    }

    /** A frame that may go to disk, and what was masked in it. */
    public static final class Redacted {
        private final Frame frame;
        private final List<Masked> masked;
        private final Echoes echoes;

        Redacted(Frame frame, List<Masked> masked, Echoes echoes) {
            this.frame = frame;
            this.masked = List.copyOf(masked);
            this.echoes = echoes;
        }

        public Frame frame() {
            return frame;
        }

        public List<Masked> masked() {
            return masked;
        }

        /** What was found in the frame, without what was masked in it: a monitor line sent as a command is a name too. */
        public Finding without(Finding finding) {
            return echoes.areIn(finding.text())
                    ? new Finding(finding.rule(), finding.severity(), finding.path(), "the sentence repeats a secret")
                    : finding;
        }
    }

    /** @param replyRules what is to be masked in the answer, by what was asked */
    private record Hidden(Echoes echoes, List<MaskRule> replyRules) {
        static final Hidden NOTHING = new Hidden(Echoes.NONE, List.of());
    }

    /** @param asked the command that this frame answers, if it is a reply */
    public Redacted redact(Frame frame, Message message, Optional<Asked> asked) {
        return redact(frame, message, asked, List.of());
    }

    /**
     * Masks what is left to mask in a frame that was recorded before. Its stand-ins are known by the record's list, never
     * by their looks, and stay as they are; only where one lies within something that is masked as a whole now, it goes
     * with it.
     *
     * @param alreadyMasked what the record lists
     */
    public Redacted redact(Frame frame, Message message, Optional<Asked> asked, List<Masked> alreadyMasked) {
        if (redaction.isNone()) {
            return new Redacted(frame, alreadyMasked, Echoes.NONE);
        }
        Plan plan = Plan.of(secrets(frame, message, asked), alreadyMasked);
        if (frame.direction() == Direction.CLIENT_TO_SERVER) {
            remember(frame, message, Echoes.of(plan.secrets()));
        }
        // a bare number in the rest of a secret is sound JSON, and no sign that the secret is over
        if (message.kind() != MessageKind.NOISE && message.kind() != MessageKind.UNRECOGNIZED) {
            brokenOff.remove(frame.direction());
        }
        return plan.isEmpty()
                ? new Redacted(frame, alreadyMasked, Echoes.NONE)
                : Masking.of(frame, plan, redaction.standIns());
    }

    /**
     * Bytes are missing: what follows up to the next message may be the rest of a secret, and what answers a command that was
     * among them may repeat one. Which answers these are cannot be told where they have no ids.
     */
    public void interrupted(Direction direction) {
        brokenOff.add(direction);
        areCommandsMissing |= direction == Direction.CLIENT_TO_SERVER;
    }

    /** Commands are unanswered that this redactor knows nothing of: what answers nothing it knows may repeat their secrets. */
    public void forgot() {
        hasForgotten = true;
    }

    /** Whether what comes next may be the rest of a secret. */
    public boolean isInsideASecret() {
        return !redaction.isNone() && !brokenOff.isEmpty();
    }

    private List<Secret> secrets(Frame frame, Message message, Optional<Asked> asked) {
        if (message instanceof Message.Noise) {
            return noise(frame);
        } else if (message instanceof Message.Unrecognized unrecognized && brokenOff.contains(frame.direction())) {
            return List.of(Secret.whole(Place.root(unrecognized.json())));
        } else if (message instanceof Message.Success success) {
            return reply(
                    new SecretSearch(rules, frame.bytes(), success.json()),
                    MessagePart.RETURN,
                    asked,
                    success.id().isPresent());
        } else if (message instanceof Message.Failure failure) {
            return reply(
                    new SecretSearch(rules, frame.bytes(), failure.json()),
                    MessagePart.ERROR,
                    asked,
                    failure.id().isPresent());
        }
        return new MessageSecrets(rules).in(frame.bytes(), message);
    }

    private List<Secret> noise(Frame frame) {
        NoiseSecrets.Found noise = brokenOff.contains(frame.direction())
                ? NoiseSecrets.whole(frame.bytes())
                : NoiseSecrets.of(rules, frame.bytes(), frame.direction());
        if (noise.isBrokenOff()) {
            brokenOff.add(frame.direction());
        }
        return noise.secrets();
    }

    private void remember(Frame frame, Message message, Echoes echoes) {
        List<MaskRule> replyRules =
                message instanceof Message.Command command ? rules.ofReply(command.name(), command.json()) : List.of();
        if (!echoes.areNone() || !replyRules.isEmpty()) {
            hidden.put(frame.sequence(), new Hidden(echoes, replyRules));
            if (hidden.size() > MAX_REMEMBERED) {
                hidden.remove(hidden.keySet().iterator().next());
            }
        }
    }

    /** QEMU sends an id back as it came. */
    private List<Secret> reply(SecretSearch search, MessagePart part, Optional<Asked> asked, boolean hasId) {
        boolean mayBeAnothers = hasForgotten && asked.isEmpty() || areCommandsMissing && (asked.isEmpty() || !hasId);
        Hidden own = asked.flatMap(command -> Optional.ofNullable(hidden.remove(command.sequence())))
                .orElse(Hidden.NOTHING);
        Echoes echoes = mayBeAnothers ? Echoes.ANYTHING : own.echoes();
        return search.by(own.replyRules())
                .byEchoes(part, echoes)
                .by(rules.ofAnyReply(part))
                .by(MessagePart.ID, "")
                .found();
    }
}
