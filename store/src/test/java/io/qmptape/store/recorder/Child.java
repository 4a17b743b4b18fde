package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.DelegatingReels;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.Tape;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A recorder in a process of its own. Its sessions say things that can be foretold from the seed, and it writes the checksum
 * of each record to stdout as soon as the record is on the reel.
 */
final class Child {
    /** How it ends when its tape cannot be written. */
    static final int GIVEN_UP = 4;

    private static final int OUTSTANDING = 2_000;

    private Child() {}

    /** Arguments: the tape's directory, a seed, how many sessions, how many messages each, bytes a reel, perhaps {@code each}. */
    public static void main(String[] args) throws InterruptedException {
        // stdout is for checksums alone
        System.setOut(System.err);
        endWithParent();
        Random random = new Random(Long.parseLong(args[1]));
        int sessions = Integer.parseInt(args[2]);
        int messages = Integer.parseInt(args[3]);
        RecorderOptions options = RecorderOptions.defaults()
                .withReelBytes(Long.parseLong(args[4]))
                .withRetry(Duration.ZERO);
        if (args.length > 5) {
            options = options.withSync(Duration.ZERO);
        }
        Semaphore room = new Semaphore(OUTSTANDING);
        Tape tape = new Tape(Path.of(args[0]), new TellingReels(room, args.length > 5));
        SystemClock clock = new SystemClock();
        try (Recorder recorder = new Recorder(
                tape, new Recorder.Means(Judging.none(), Redaction.with(RedactionKey.random()), clock, options))) {
            recorder.start();
            SessionId[] ids = new SessionId[sessions];
            for (int i = 0; i < sessions; i++) {
                ids[i] = new SessionId(new UUID(random.nextLong(), i));
                await(room, recorder);
                recorder.seen(new Traffic.Opened(
                        ids[i],
                        clock.pair(),
                        Machine.named("vm" + i),
                        Peer.UNKNOWN,
                        Peer.UNKNOWN,
                        "unix:/l",
                        "unix:/u"));
            }
            for (int message = 1; message <= messages; message++) {
                for (int i = 0; i < sessions; i++) {
                    Bytes said = Bytes.utf8(text(ids[i], message));
                    await(room, recorder);
                    recorder.seen(new Traffic.Read(ids[i], Direction.CLIENT_TO_SERVER, clock.nanos(), said, List.of()));
                }
            }
            for (SessionId id : ids) {
                recorder.seen(new Traffic.Closed(id, clock.nanos(), CloseCause.CLIENT_LEFT));
            }
        }
    }

    /** What a failing recorder does not write, it does not tell. */
    private static void await(Semaphore room, Recorder recorder) throws InterruptedException {
        while (!room.tryAcquire(1, TimeUnit.SECONDS)) {
            if (recorder.isFailing()) {
                Runtime.getRuntime().halt(GIVEN_UP);
            }
        }
    }

    /** A test that fails must not leave recorders behind. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        System.err.println("stdin cannot be read: " + e);
                    }
                    Runtime.getRuntime().halt(3);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** What a session says as its n-th message. */
    static String text(SessionId session, long message) {
        int padding = (int) ((session.value().getMostSignificantBits() ^ message * 31) & 0x1ff);
        return "{\"execute\": \"" + session.brief() + "-" + message + "\", \"arguments\": {\"pad\": \""
                + "x".repeat(padding) + "\"}}";
    }

    /** Where a record is only told, if that is asked for, when it was forced to the disk. */
    private static final class TellingReels extends DelegatingReels {
        private final Semaphore room;
        private final boolean isSynced;

        TellingReels(Semaphore room, boolean isSynced) {
            this.room = room;
            this.isSynced = isSynced;
        }

        @Override
        public ReelWriter create(Path directory) {
            return new TellingWriter(super.create(directory), room, isSynced);
        }
    }

    private static final class TellingWriter implements ReelWriter {
        private final ReelWriter writer;
        private final Semaphore room;
        private final boolean isSynced;
        private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        private final ByteBuffer untold = ByteBuffer.allocate(Integer.BYTES);

        TellingWriter(ReelWriter writer, Semaphore room, boolean isSynced) {
            this.writer = writer;
            this.room = room;
            this.isSynced = isSynced;
        }

        @Override
        public void append(Bytes record) {
            writer.append(record);
            untold.putInt(0, checksum(record));
            if (!isSynced) {
                tell();
            }
        }

        @Override
        public void sync() {
            writer.sync();
            tell();
        }

        private void tell() {
            try {
                out.write(untold.array());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            room.release();
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    /** A record ends in its checksum. */
    static int checksum(Bytes record) {
        return record.asReadOnlyBuffer().getInt(record.length() - Integer.BYTES);
    }

    /** Of all records that are on a tape. */
    static Set<Integer> checksums(Tape tape) {
        Set<Integer> checksums = new HashSet<>();
        for (String reel : tape.reelNames()) {
            tape.reels().scan(reel, new ReelScan() {
                @Override
                public void record(Place place, Bytes record) {
                    checksums.add(checksum(record));
                }

                @Override
                public void damage(Place place, String what) {}
            });
        }
        return checksums;
    }
}
