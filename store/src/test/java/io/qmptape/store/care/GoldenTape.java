package io.qmptape.store.care;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.transcript.TranscriptWriter;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a tape with something of everything, and the transcripts of its sessions: once for each version of the format, to be
 * kept for ever as {@code golden/tape-VERSION.zip}. Never made anew for a version that is there.
 */
final class GoldenTape {
    private GoldenTape() {}

    /** Argument: a directory that does not exist yet. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TapeStand stand = new TapeStand(directory.resolve("tape"), 20261125);
        List<List<SessionRecord>> shared = stand.reelOf(3);
        stand.sessionOver(3);
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
    }
}
