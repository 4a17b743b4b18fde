package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepairTest {
    @TempDir
    Path directory;

    @Test
    void doesNothingToASoundTape() {
        TapeStand stand = stand(1);
        stand.reelOf(2);
        String head = stand.verify().head();

        assertThat(repair(stand)).isEmpty();
        assertThat(stand.verify().head()).isEqualTo(head);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void keepsAllThatIsSoundOfADamagedTape(long seed) throws IOException {
        TapeStand stand = stand(seed);
        List<List<SessionRecord>> sessions = new ArrayList<>(stand.reelOf(4));
        sessions.add(stand.sessionOver(3));
        int damages = damage(stand.files(), seed);

        long lost = repairAndCountLost(stand, sessions, seed);

        assertThat(lost).as("seed %d: a damage takes at most one message", seed).isLessThanOrEqualTo(damages);
        assertThat(repair(stand)).as("seed %d, the second time", seed).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void keepsAllThatIsSoundOfADamagedPackedTape(long seed) throws IOException {
        TapeStand stand = stand(seed);
        List<List<SessionRecord>> sessions = new ArrayList<>(stand.reelOf(4));
        sessions.addAll(stand.reelOf(4));
        sessions.addAll(stand.reelOf(4));
        sessions.addAll(stand.reelOf(4));
        sessions.addAll(stand.reelOf(4));
        stand.pack();
        Path reels = stand.tape.directory().resolve("reels");
        int damages = damage(
                stand.files().stream().filter(file -> file.startsWith(reels)).toList(), seed);

        long lost = repairAndCountLost(stand, sessions, seed);

        int inABlock = sessions.stream().mapToInt(List::size).max().orElseThrow() * 4;
        assertThat(lost).as("seed %d: a damage takes at most a block", seed).isLessThanOrEqualTo(damages * inABlock);
        assertThat(repair(stand)).as("seed %d, the second time", seed).isEmpty();
    }

    private static int damage(List<Path> files, long seed) throws IOException {
        Random random = new Random(seed);
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages; i++) {
            damage(files.get(random.nextInt(files.size())), random);
        }
        return damages;
    }

    /** How many messages are not there any more. */
    private static long repairAndCountLost(TapeStand stand, List<List<SessionRecord>> sessions, long seed) {
        List<String> told = repair(stand);

        assertThat(told).as("seed %d", seed).isNotEmpty();
        assertThat(stand.verify().faults()).as("seed %d, after: %s", seed, told).isEmpty();
        long lost = 0;
        for (List<SessionRecord> session : sessions) {
            List<SessionRecord> frames = frames(session);
            List<SessionRecord> kept = frames(readIfThere(stand, TapeStand.id(session)));
            assertThat(frames).as("seed %d", seed).containsAll(kept);
            lost += frames.size() - kept.size();
        }
        return lost;
    }

    @Test
    void beginsADamagedLedgerAnewWithItsPinsAndTombstones() throws IOException {
        TapeStand stand = stand(2);
        SessionId pinned = TapeStand.id(stand.reelOf(2).get(0));
        stand.tape.ledger().append(List.of(new Pinned(pinned)));
        Deletion.of(stand.tape, TapeStand.id(stand.sessionOver(2)));
        Path ledger = stand.tape.directory().resolve("ledger");
        Files.writeString(ledger, "nonsense\n", StandardOpenOption.APPEND);

        List<String> told = repair(stand);

        assertThat(told).singleElement().asString().contains("began the ledger anew behind 6 sound lines");
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.tape.ledger().read().pinned()).containsExactly(pinned);
        assertThat(stand.tape.ledger().read().removed()).hasSize(2);
    }

    @Test
    void saysThatAReelIsLost() throws IOException {
        TapeStand stand = stand(3);
        List<SessionRecord> long_ = stand.sessionOver(3);
        String lost = stand.tape.reelNames().get(1);
        PrivateFiles.deleteTree(stand.tape.reels().path(lost));

        List<String> told = repair(stand);

        assertThat(told).singleElement().asString().contains(lost, "lost");
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(long_).containsAll(stand.read(TapeStand.id(long_)));
    }

    private static List<SessionRecord> readIfThere(TapeStand stand, SessionId id) {
        List<SessionRecord> records = new ArrayList<>();
        stand.tape.session(id).read(records::add);
        return records;
    }

    private static List<SessionRecord> frames(List<SessionRecord> records) {
        return records.stream().filter(FrameRecorded.class::isInstance).toList();
    }

    private static void damage(Path file, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = random.nextInt(content.length);
        for (int tries = 0; content[at] == 0 && tries < 1000; tries++) {
            at = random.nextInt(content.length);
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(content[at] ^ (1 << random.nextInt(8)));
        }
    }

    private static List<String> repair(TapeStand stand) {
        return Repair.of(stand.tape, new SystemClock());
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
