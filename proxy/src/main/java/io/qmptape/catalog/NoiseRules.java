package io.qmptape.catalog;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.JsonReader;

/** Frames that hold no JSON value. Their findings quote nothing of them. */
final class NoiseRules {
    private static final String QUOTE = " '";
    /** Noise ends where its nesting does, or at a bad byte, unless a limit cut it. */
    private static final String CUT = "premature EOI";

    private NoiseRules() {}

    static void judge(Frame frame, Findings findings) {
        if (frame.kind() == FrameKind.SKIPPED) {
            return;
        }
        if (frame.kind() == FrameKind.UNFINISHED) {
            findings.add(Rule.JSON_UNFINISHED, JsonPath.ROOT, "the stream ends inside this message");
            return;
        }
        String who = frame.direction() == Direction.CLIENT_TO_SERVER ? "no JSON to QEMU" : "the server sent no JSON";
        findings.add(Rule.JSON_NOISE, JsonPath.ROOT, who + ": " + complaint(frame));
    }

    /** QEMU's complaint, without the input that some of them quote. */
    private static String complaint(Frame frame) {
        String fault = JsonReader.fault(frame.bytes(), frame.direction()).orElse(CUT);
        if (fault.equals(CUT)) {
            return "it exceeds the limit on depth, tokens or size";
        }
        int quote = fault.indexOf(QUOTE);
        return quote < 0 ? fault : fault.substring(0, quote) + (fault.startsWith("stray") ? " input" : "");
    }
}
