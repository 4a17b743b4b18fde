package io.qmptape.store.care;

import io.qmptape.store.ReelFolder;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.ledger.LedgerLine;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.store.packing.ReelBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads every byte of a tape: the ledger's chain from the tape's identity on; each reel's seal and the hashes of its files;
 * each record's checksum, its session's numbers and hash chain, over the reels. Changes nothing. One thread.
 */
public final class Verification {
    private final Tape tape;
    private final ReelFolder reels;
    private final Progress progress;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Verification(Tape tape, Progress progress) {
        this.tape = tape;
        this.reels = tape.reels();
        this.progress = progress;
    }

    /**
     * @throws TapeException if there is no tape
     * @throws UncheckedIOException if it cannot be read at all
     */
    public static VerifyReport of(Tape tape, Progress progress) {
        return new Verification(tape, progress).run();
    }

    private VerifyReport run() {
        checkIdentity();
        LedgerState ledger = tape.ledger().settled();
        checkLedger(ledger);
        Map<String, String> expected = ledger.reels();
        Set<String> gone = new HashSet<>();
        ledger.removed().forEach(removed -> gone.add(SessionCheck.base(removed.reel())));
        ReelCheck.Sessions sessions = new ReelCheck.Sessions(reel -> gone.contains(SessionCheck.base(reel)));
        long records = 0;
        List<String> names = reels.all();
        for (int i = 0; i < names.size(); i++) {
            progress.at(i, names.size());
            records += checkReel(names.get(i), Optional.ofNullable(expected.remove(names.get(i))), sessions);
        }
        if (!expected.isEmpty()) {
            // they may have been removed by the book since the ledger was read
            expected.keySet().retainAll(tape.ledger().settled().reels().keySet());
        }
        expected.keySet()
                .forEach(reel ->
                        faults.add(Fault.of(reel, "it is not there, and the ledger does not tell of its removal")));
        return new VerifyReport(names.size(), sessions.count(), records, faults, notes, ledger.pin());
    }

    private void checkIdentity() {
        if (!tape.exists()) {
            throw new TapeException("there is no tape in " + tape.directory() + ": name one with --tape");
        }
        try {
            tape.identity();
        } catch (TapeException e) {
            faults.add(Fault.ofFile("tape", String.valueOf(e.getMessage())));
        }
    }

    private void checkLedger(LedgerState ledger) {
        ledger.fault().ifPresent(what -> faults.add(Fault.ofFile("ledger", what)));
        if (ledger.isTorn()) {
            faults.add(Fault.ofFile("ledger", "its last line is broken off"));
        }
        for (LedgerLine line : ledger.lines()) {
            Tombstone.of(line).ifPresent(stone -> notes.add(stone.toString()));
        }
    }

    /** @return how many records it holds */
    private long checkReel(String reel, Optional<String> expected, ReelCheck.Sessions sessions) {
        if (reels.isBeingWritten(reel)) {
            return checkUnsealed(reel, sessions, "is being written: it is checked as far as it is");
        }
        try {
            Optional<Seal> seal = reels.seal(reel);
            if (seal.isPresent()) {
                return checkSealed(reel, seal.get(), expected, sessions);
            }
        } catch (IOException e) {
            faults.add(Fault.of(reel, "its seal cannot be read: " + e.getMessage()));
            return checkUnsealed(reel, sessions, "is read without its seal");
        }
        String what = expected.isPresent() ? "its seal is not there" : "it is not sealed: its recorder died";
        faults.add(Fault.of(reel, what));
        return checkUnsealed(reel, sessions, "is read without a seal");
    }

    private long checkUnsealed(String reel, ReelCheck.Sessions sessions, String note) {
        ReelCheck check = new ReelCheck(reel, sessions, faults::add);
        scan(reel, check);
        notes.add("reel " + reel + " " + note);
        return check.records();
    }

    private long checkSealed(String reel, Seal seal, Optional<String> expected, ReelCheck.Sessions sessions)
            throws IOException {
        int before = faults.size();
        checkSeal(reel, seal, expected);
        checkFiles(reel, seal);
        boolean isAsSealed = faults.size() == before;
        List<Fault> found = new ArrayList<>();
        ReelCheck check = new ReelCheck(reel, sessions, found::add);
        scan(reel, check);
        if (isAsSealed && check.contents().torn() == seal.torn()) {
            // what was torn when the reel was sealed is known, and no fault of today
            found.removeIf(fault -> fault.session().isEmpty());
            if (seal.torn() > 0) {
                notes.add("reel " + reel + " was sealed with " + seal.torn() + " torn records: its recorder died");
            }
        }
        faults.addAll(found);
        checkParts(reel, seal.sessions(), check.contents().parts());
        return check.records();
    }

    private void checkSeal(String reel, Seal seal, Optional<String> expected) throws IOException {
        if (!seal.reel().equals(reel)) {
            faults.add(Fault.of(reel, "its seal is that of the reel " + seal.reel()));
        }
        // it may have been sealed since the ledger was read
        Optional<String> known = expected.or(
                () -> Optional.ofNullable(tape.ledger().settled().reels().get(reel)));
        if (known.isEmpty()) {
            faults.add(Fault.of(reel, "it is sealed, and the ledger does not know it"));
        } else if (!known.get().equals(SealFile.hash(reels.path(reel)))) {
            faults.add(Fault.of(reel, "its seal is not the one that the ledger knows"));
        }
    }

    private void checkFiles(String reel, Seal seal) throws IOException {
        for (Path file : SealFile.paths(reels.path(reel))) {
            try (ReelBytes bytes = ReelBytes.open(file)) {
                bytes.damages().forEach(damage -> faults.add(fault(reel, file, damage)));
            }
        }
        List<Seal.SealedFile> files = SealFile.files(reels.path(reel));
        for (Seal.SealedFile file : seal.files()) {
            if (!files.contains(file)) {
                faults.add(Fault.of(reel, "its file " + file.name() + " was changed or taken away"));
            }
        }
        for (Seal.SealedFile file : files) {
            if (seal.files().stream().noneMatch(known -> known.name().equals(file.name()))) {
                faults.add(Fault.of(reel, "the file " + file.name() + " was put into it"));
            }
        }
    }

    private static Fault fault(String reel, Path file, ReelBytes.Damage damage) {
        return new Fault(reel, file.getFileName() + " at " + damage.at(), "", damage.what());
    }

    private void checkParts(String reel, List<SessionPart> sealed, List<SessionPart> found) {
        for (SessionPart part : sealed) {
            if (!found.contains(part)) {
                faults.add(new Fault(
                        reel,
                        "",
                        part.session().toString(),
                        "its records here are not the " + part.records() + " that were sealed"));
            }
        }
    }

    private void scan(String reel, ReelCheck check) {
        try {
            reels.scan(reel, check);
        } catch (UncheckedIOException e) {
            faults.add(Fault.of(reel, String.valueOf(e.getMessage())));
        }
    }
}
