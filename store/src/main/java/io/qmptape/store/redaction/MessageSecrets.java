package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import java.util.List;

/** The secrets of a message that is no answer: it needs nothing but itself. */
record MessageSecrets(MaskRules rules) {
    List<Secret> in(Bytes bytes, Message message) {
        if (message instanceof Message.Command command) {
            return request(bytes, command.json(), command.name());
        } else if (message instanceof Message.Unrecognized unrecognized) {
            return request(bytes, unrecognized.json(), "");
        } else if (message instanceof Message.Event event) {
            return new SecretSearch(rules, bytes, event.json())
                    .by(MessagePart.DATA, event.name())
                    .found();
        }
        return List.of();
    }

    private List<Secret> request(Bytes bytes, Json message, String command) {
        return new SecretSearch(rules, bytes, message)
                .by(MessagePart.REQUEST, command)
                .by(MessagePart.ID, command)
                .found();
    }
}
