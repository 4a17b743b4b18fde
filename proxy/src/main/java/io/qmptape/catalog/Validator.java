package io.qmptape.catalog;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import java.util.List;

/**
 * Judges the messages of one session by a catalog, as QEMU of the catalog's era would. It is fed every frame of both
 * directions in the order of their sequence numbers, and remembers the greeting, the negotiation and which commands
 * wait for a reply; that memory is bounded.
 *
 * <p>Pure, and not safe for threads: one validator belongs to one session.
 */
public final class Validator {
    private final Peer peer;
    private final PendingCommands waiting = new PendingCommands();
    private final ShapeRules shape;
    private final NegotiationRules negotiation;
    private final CommandRules commands;
    private final ArgumentRules arguments;
    private final ReplyRules replies;
    private final EventRules events;

    public Validator(Catalog catalog) {
        Negotiation state = new Negotiation();
        MemberRules members = new MemberRules();
        peer = new Peer(catalog);
        shape = new ShapeRules(peer, state);
        negotiation = new NegotiationRules(peer, state);
        commands = new CommandRules(catalog, peer);
        arguments = new ArgumentRules(catalog);
        replies = new ReplyRules(catalog, waiting, members);
        events = new EventRules(catalog, members);
    }

    /**
     * Says what is to be said about the next frame of the session; at most 100 findings.
     *
     * @param message the frame understood, as {@link Message#of(Frame)} makes it
     */
    public List<Finding> judge(Frame frame, Message message) {
        Findings findings = new Findings(peer);
        if (message instanceof Message.Noise) {
            NoiseRules.judge(frame, findings);
        }
        if (frame.direction() == Direction.SERVER_TO_CLIENT) {
            fromServer(message, findings);
        } else if (frame.kind().isAnswered()) {
            fromClient(message, findings);
            waiting.add(message);
        }
        return findings.list();
    }

    private void fromClient(Message message, Findings findings) {
        if (message instanceof Message.Command command) {
            command(command, findings);
        } else if (message instanceof Message.Unrecognized other) {
            shape.judge(other, findings);
        }
    }

    private void command(Message.Command command, Findings findings) {
        shape.judge(command, findings);
        if (!findings.hasErrors() && negotiation.admits(command, findings)) {
            content(command, findings);
        }
        negotiation.follow(command, !findings.hasErrors());
    }

    private void content(Message.Command command, Findings findings) {
        if (negotiation.knowsArgumentsOf(command)) {
            negotiation.judgeArguments(command, findings);
            return;
        }
        commands.judge(command, findings).ifPresent(spec -> arguments.judge(spec, command.arguments(), findings));
    }

    private void fromServer(Message message, Findings findings) {
        if (message instanceof Message.Greeting greeting) {
            peer.greet(greeting);
        } else if (message instanceof Message.Event event) {
            events.judge(event, findings);
        } else if (message instanceof Message.Success || message instanceof Message.Failure) {
            peer.reply();
            replies.judge(message, findings)
                    .filter(NegotiationRules.NEGOTIATE::equals)
                    .ifPresent(name -> negotiation.answered(message instanceof Message.Success));
        } else if (message instanceof Message.Unrecognized) {
            findings.add(Rule.SERVER_UNRECOGNIZED, JsonPath.ROOT, "no greeting, reply or event");
        }
    }
}
