package io.qmptape.store.care;

import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.Sessions;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.transcript.TranscriptWriter;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Makes a tape with something of everything, and the transcripts of its sessions: once for each version of the format, to be
 * kept for ever as {@code golden/tape-VERSION.zip}. Never made anew for a version that is there.
 * The directory's README tells which are there.
 */
final class GoldenTape {
    private GoldenTape() {}

    /** Arguments: a directory that does not exist yet; {@code packed} for a tape that is packed when all is written. */
    public static void main(String[] args) throws IOException {
        boolean isPacked = args.length > 1 && args[1].equals("packed");
        Path directory = Path.of(args[0]);
        TapeStand stand = new TapeStand(directory.resolve("tape"), 20261125);
        List<List<SessionRecord>> shared = stand.reelOf(3);
        stand.sessionOver(3);
        if (isPacked) {
            overBlocks(stand);
        }
        List<SessionRecord> broken = TapeStand.unfinished(
                new TapeStand(directory.resolve("other"), 20261126).reelOf(1).get(0));
        TapeWriter writer = new TapeWriter(stand.tape);
        broken.forEach(record -> writer.append(record, 0));
        writer.abandon();
        Recovery.of(stand.tape, new SystemClock());
        stand.tape.ledger().append(List.of(new Pinned(TapeStand.id(shared.get(0)))));
        Deletion.of(stand.tape, TapeStand.id(shared.get(1)));
        Path transcripts = Files.createDirectories(directory.resolve("transcripts"));
        for (var session : stand.tape.sessions()) {
            try (OutputStream out = Files.newOutputStream(transcripts.resolve(session.id() + ".qmp.jsonl"))) {
                TranscriptWriter.write(stand.tape.session(session.id()), out);
            }
        }
        if (isPacked) {
            stand.pack();
        }
    }

    /** A record that is in more than one block when it is packed. */
    private static void overBlocks(TapeStand stand) {
        List<SessionRecord> session = Sessions.random(new Random(20261127));
        SessionRecord end = session.get(session.size() - 1);
        try (TapeWriter writer = new TapeWriter(stand.tape)) {
            session.subList(0, session.size() - 1).forEach(record -> writer.append(record, 0));
            String reason = "nothing is missing ".repeat(40_000);
            writer.append(
                    new Gap(end.session(), Direction.SERVER_TO_CLIENT, 0, 0, end.atNanos(), end.atNanos(), reason), 0);
            writer.append(end, 0);
        }
    }
}
