package io.qmptape.protocol;

import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts one direction of a session into frames, as QEMU's streamer does: by nesting, not by lines. Lossless under any
 * chunking: the frames, joined, and then {@link #rest()}, are the input.
 *
 * <p>A message ends when the counts of open braces and brackets are both zero, or one is negative. A bad byte ends
 * what was open as noise, at once, as QEMU answers at once; what is skipped after it is a frame of its own. QEMU's limits hold (depth 1024, 64 MiB and 2,097,152
 * tokens a message); a frame that white space or skipped bytes blow up is cut at 128 MiB, which QEMU would not do.
 *
 * <p>Pure, and not safe for threads: one splitter belongs to one direction of one session.
 */
public final class FrameSplitter {
    static final int MAX_DEPTH = 1024;
    static final int MAX_TOKEN_BYTES = 64 << 20;
    static final int MAX_TOKENS = 2_097_152;
    static final int MAX_FRAME_BYTES = 128 << 20;

    private final Direction direction;
    private final Lexer lexer;
    private final OpenFrame open = new OpenFrame();
    private final Tokens tokens = new Tokens();
    private int braces;
    private int brackets;
    /** In the open frame, where the token begins that is open; negative if none is. */
    private int tokenStart = -1;

    private int tokenBytes;

    public FrameSplitter(Direction direction) {
        this.direction = direction;
        this.lexer = new Lexer(direction);
    }

    /** Takes what one read brought; hands on each frame that is complete with it. */
    public void accept(Bytes chunk, long atNanos, List<DescriptorKind> descriptors, Consumer<Delimited> sink) {
        if (chunk.isEmpty()) {
            return;
        }
        open.begin(chunk, atNanos, descriptors);
        int at = 0;
        while (at < chunk.length()) {
            int inside = Math.min(lexer.inString(chunk, at), MAX_TOKEN_BYTES - tokenBytes);
            if (inside > 0) {
                tokenBytes += inside;
                at += inside;
                continue;
            }
            Lexer.Step step = lexer.step(chunk.at(at));
            if (tokenStart < 0 && (step == Lexer.Step.INSIDE || step == Lexer.Step.TOKEN_ENDS_HERE)) {
                tokenStart = open.lengthAt(at);
            }
            boolean isTaken = step != Lexer.Step.TOKEN_ENDED_BEFORE && step != Lexer.Step.RECOVERED;
            at += isTaken ? 1 : 0;
            follow(step, at, sink);
        }
        open.keepRest();
    }

    /** The end of the stream: hands on what is not white space as unfinished, or skipped. */
    public void finish(Consumer<Delimited> sink) {
        if (!WhiteSpace.fills(open.bytes())) {
            cut(open.length(), kindOfRest(), sink);
        }
        lexer.reset();
    }

    /** Bytes are missing from here on: hands on all that is open, and begins anew. */
    public void interrupt(Consumer<Delimited> sink) {
        if (open.length() > 0) {
            cut(open.length(), kindOfRest(), sink);
        }
        lexer.reset();
    }

    /** Whether nothing is open but white space, so that another splitter can go on with that and what follows. */
    public boolean isBetweenFrames() {
        return tokens.count() == 0 && tokenStart < 0 && !lexer.isRecovering() && WhiteSpace.fills(open.bytes());
    }

    private FrameKind kindOfRest() {
        return lexer.isRecovering() ? FrameKind.SKIPPED : FrameKind.UNFINISHED;
    }

    /** What no frame has taken up yet; after {@link #finish} the white space at the stream's end. */
    public Bytes rest() {
        return open.bytes();
    }

    private void follow(Lexer.Step step, int at, Consumer<Delimited> sink) {
        switch (step) {
            case TOKEN_ENDS_HERE, TOKEN_ENDED_BEFORE -> token(step, at, sink);
            case ERROR -> cut(open.lengthAt(at), FrameKind.NOISE, sink);
            case INSIDE -> limit(++tokenBytes > MAX_TOKEN_BYTES, at, FrameKind.NOISE, sink);
            case BLANK -> limit(open.lengthAt(at) >= MAX_FRAME_BYTES, at, FrameKind.NOISE, sink);
            case SKIPPED -> limit(open.lengthAt(at) >= MAX_FRAME_BYTES, at, FrameKind.SKIPPED, sink);
            case RECOVERED -> limit(open.lengthAt(at) > 0, at, FrameKind.SKIPPED, sink);
        }
    }

    private void token(Lexer.Step step, int at, Consumer<Delimited> sink) {
        tokenBytes += step == Lexer.Step.TOKEN_ENDS_HERE ? 1 : 0;
        tokens.add(lexer.token(), tokenStart, open.lengthAt(at));
        tokenStart = -1;
        switch (lexer.token()) {
            case LEFT_BRACE -> braces++;
            case RIGHT_BRACE -> braces--;
            case LEFT_BRACKET -> brackets++;
            case RIGHT_BRACKET -> brackets--;
            default -> {}
        }
        boolean isBeyond = tokenBytes > MAX_TOKEN_BYTES || tokens.count() > MAX_TOKENS || braces + brackets > MAX_DEPTH;
        if (isBeyond) {
            cut(open.lengthAt(at), FrameKind.NOISE, sink);
        } else if (braces < 0 || brackets < 0 || braces + brackets == 0) {
            cut(open.lengthAt(at), FrameKind.MESSAGE, sink);
        }
    }

    private void limit(boolean isReached, int at, FrameKind kind, Consumer<Delimited> sink) {
        if (isReached) {
            cut(open.lengthAt(at), kind, sink);
            if (kind == FrameKind.NOISE) {
                lexer.reset();
            }
        }
    }

    private void cut(int length, FrameKind kind, Consumer<Delimited> sink) {
        braces = 0;
        brackets = 0;
        tokenStart = -1;
        tokenBytes = 0;
        Delimited cut = open.cut(length, kind, tokens, direction);
        tokens.clear();
        sink.accept(cut);
    }
}
