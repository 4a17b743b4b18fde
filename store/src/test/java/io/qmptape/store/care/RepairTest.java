package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.traffic.CloseCause;
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsApartWhatStandsBehindASessionsEnd(boolean isInOneReel) {
        TapeStand stand = stand(4);
        List<SessionRecord> session = stand.session();
        SessionId id = TapeStand.id(session);
        List<SessionRecord> first = session.subList(0, session.size() / 2);
        List<SessionRecord> rest = session.subList(session.size() / 2, session.size());
        TapeWriter writer = new TapeWriter(stand.tape);
        first.forEach(record -> writer.append(record, 0));
        writer.append(new Closed(id, 1, CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY), 0);
        if (isInOneReel) {
            rest.forEach(record -> writer.append(record, 0));
        } else {
            try (TapeWriter next = new TapeWriter(stand.tape)) {
                next.append(stand.continuation(first, writer), 0);
                rest.forEach(record -> next.append(record, 0));
            }
        }
        writer.close();
        assertThat(stand.verify().faults()).isNotEmpty();

        List<String> told = repair(stand);

        assertThat(stand.verify().faults()).as("after: %s", told).isEmpty();
        assertThat(told).anySatisfy(line -> assertThat(line).contains("kept apart", id.toString()));
        List<SessionSummary> sessions = stand.tape.sessions();
        assertThat(sessions).hasSize(2).noneMatch(SessionSummary::isOpen);
        assertThat(frames(stand.read(sessions.get(0).id()))).isEqualTo(frames(first));
        assertThat(frames(stand.read(sessions.get(1).id())))
                .extracting(record -> ((FrameRecorded) record).frame())
                .isEqualTo(frames(rest).stream()
                        .map(record -> ((FrameRecorded) record).frame())
                        .toList());
        assertThat(repair(stand)).isEmpty();
    }

    @Test
    void keepsASessionWholeThatAnotherRecorderWentOnWith() throws IOException {
        TapeStand stand = stand(5);
        List<SessionRecord> first = stand.leaveOpen();
        SessionId id = TapeStand.id(first);
        Recovery.of(stand.tape, new SystemClock());
        List<SessionRecord> ended = stand.read(id);
        try (TapeWriter next = new TapeWriter(stand.tape)) {
            String last = stand.tape.reelNames().get(1);
            String head = stand.tape
                    .reels()
                    .seal(last)
                    .orElseThrow()
                    .sessions()
                    .get(0)
                    .head();
            long sequence = frames(first).size() + 1;
            next.append(
                    new Continued((Opened) first.get(0), new SystemClock().pair(), sequence, Heads.bytes(head), last),
                    0);
            next.append(new Closed(id, 2, CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY), 0);
        }
        assertThat(stand.verify().faults()).isEmpty();
        stand.reelOf(1);
        Files.delete(stand.tape.reels().path(stand.tape.reelNames().get(3)).resolve("seal"));

        List<String> told = repair(stand);

        assertThat(told).noneMatch(line -> line.contains("kept apart"));
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.read(id))
                .startsWith(ended.toArray(SessionRecord[]::new))
                .hasSize(ended.size() + 1);
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
