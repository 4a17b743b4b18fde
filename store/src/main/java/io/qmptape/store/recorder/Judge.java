package io.qmptape.store.recorder;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Message;
import java.util.List;

/** Says what is to be said about the messages of one session, fed to it in their order. One thread. */
@FunctionalInterface
public interface Judge {
    List<Finding> judge(Frame frame, Message message);
}
