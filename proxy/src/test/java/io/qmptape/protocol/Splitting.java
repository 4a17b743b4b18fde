package io.qmptape.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Test kit: runs a whole stream through a splitter in one go or in random chunks. */
public final class Splitting {
    private Splitting() {}

    public record Result(List<Delimited> frames, Bytes rest) {
        public Bytes joined() {
            List<Bytes> parts =
                    new ArrayList<>(frames.stream().map(Delimited::bytes).toList());
            parts.add(rest);
            return Bytes.join(parts);
        }

        public List<FrameKind> kinds() {
            return frames.stream().map(Delimited::kind).toList();
        }

        public List<String> bodies() {
            return frames.stream().map(frame -> frame.bytes().text().strip()).toList();
        }
    }

    public static Result whole(Direction direction, Bytes stream) {
        return chunks(direction, List.of(stream));
    }

    public static Result chunked(Direction direction, Bytes stream, Random random) {
        List<Bytes> chunks = new ArrayList<>();
        int longest = 1 + random.nextInt(64);
        for (int at = 0; at < stream.length(); ) {
            int end = Math.min(stream.length(), at + 1 + random.nextInt(longest));
            chunks.add(stream.slice(at, end));
            at = end;
        }
        return chunks(direction, chunks);
    }

    public static Result chunks(Direction direction, List<Bytes> chunks) {
        FrameSplitter splitter = new FrameSplitter(direction);
        List<Delimited> frames = new ArrayList<>();
        long nanos = 0;
        for (Bytes chunk : chunks) {
            splitter.accept(chunk, ++nanos, List.of(), frames::add);
        }
        splitter.finish(frames::add);
        return new Result(frames, splitter.rest());
    }
}
