package io.qmptape.store.care;

import io.qmptape.store.ReelFolder;
import io.qmptape.store.Room;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.store.packing.Packer;
import io.qmptape.store.packing.ReelBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Puts packed files in the place of a sealed reel's files, one after the other, each in one step: who reads the reel has the
 * file as it was before or the packed one, whatever ends this. A file is replaced only after what was packed has been unpacked
 * again and fits the seal. To be done with the {@link CareLock}.
 */
final class ReelPacking {
    private final ReelFolder reels;
    private final Seal seal;
    private final Room room;

    ReelPacking(ReelFolder reels, Seal seal, Room room) {
        this.reels = reels;
        this.seal = seal;
        this.room = room;
    }

    /** Whether all files of a reel are packed, as far as they can be read. */
    static boolean isPacked(Path reel) {
        try {
            List<Path> files = SealFile.paths(reel);
            for (Path file : files) {
                if (!isPackedFile(file)) {
                    return false;
                }
            }
            return !files.isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    /** @return whether all of it is packed now: a file that does not fit the seal stays as it is */
    boolean pack() {
        try {
            boolean isPacked = true;
            for (Path file : SealFile.paths(reels.path(seal.reel()))) {
                isPacked &= isPackedFile(file) || pack(file);
            }
            return isPacked;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack the reel " + seal.reel() + ": " + Reason.of(e), e);
        }
    }

    private boolean pack(Path file) throws IOException {
        Path draft = reels.draftOfFile(seal.reel());
        Files.deleteIfExists(draft);
        try (ReelBytes bytes = ReelBytes.open(file)) {
            if (!Packer.takes(bytes)) {
                return false;
            }
            Packer.pack(bytes, draft, room::take);
            if (!fitsSeal(draft, String.valueOf(file.getFileName()))) {
                return false;
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private boolean fitsSeal(Path packed, String name) throws IOException {
        try (ReelBytes bytes = ReelBytes.open(packed)) {
            return seal.files().contains(new Seal.SealedFile(name, bytes.size(), bytes.sha256()));
        }
    }

    private static boolean isPackedFile(Path file) throws IOException {
        try (ReelBytes bytes = ReelBytes.open(file)) {
            return bytes.isPacked();
        }
    }
}
