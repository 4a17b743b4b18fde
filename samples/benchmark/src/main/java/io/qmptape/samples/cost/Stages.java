package io.qmptape.samples.cost;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Validator;
import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelContents;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a message costs at each stage of its way onto the tape, in nanoseconds of one thread. */
@NullUnmarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Stages {
    /** An even number of turns of all sessions: it can be said again and again. */
    private static final int MESSAGES = 40 * Talk.SESSIONS;

    private final Catalog catalog = Catalog.bundled();
    private final List<Traffic> said = new ArrayList<>();
    private final List<FrameRecorded> records = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Bytes> encoded = new ArrayList<>();
    private Path directory;
    private Redaction redaction;
    private ReelContents contents;
    private ReelWriter reel;
    private Scribes bareScribes;
    private Scribes scribes;
    private SystemClock clock = new SystemClock();
    private Blackhole sink;

    @Setup(Level.Iteration)
    public void prepare(Blackhole blackhole) throws IOException {
        sink = blackhole;
        directory = Files.createTempDirectory("qmptape-cost");
        redaction = Recorded.redaction();
        contents = new ReelContents();
        reel = new ChronicleReels().create(directory.resolve("reel"));
        Talk talk = new Talk();
        bareScribes = new Scribes(Judging.none(), Redaction.none(), sink::consume);
        scribes = new Scribes(Recorded.judging(), redaction, sink::consume);
        for (Traffic opening : talk.openings()) {
            bareScribes.open((Traffic.Opened) opening, "");
            scribes.open((Traffic.Opened) opening, "");
        }
        prepare(talk);
    }

    private void prepare(Talk talk) {
        List<List<?>> before = List.of(said, records, messages, encoded);
        before.forEach(List::clear);
        Scribes writing = new Scribes(Recorded.judging(), redaction, this::prepare);
        talk.openings().forEach(opening -> writing.open((Traffic.Opened) opening, ""));
        for (int i = 0; i < MESSAGES; i++) {
            said.add(talk.next());
            writing.accept(said.get(i));
        }
    }

    private void prepare(SessionRecord record) {
        if (record instanceof FrameRecorded frame) {
            records.add(frame);
            messages.add(frame.read());
            encoded.add(RecordCodec.encode(record, 0, Bytes.EMPTY));
        }
    }

    @TearDown(Level.Iteration)
    public void tidyUp() throws IOException {
        reel.close();
        PrivateFiles.deleteTree(directory);
    }

    /** Cut into frames, and read as JSON. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void split() {
        FrameSplitter client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        for (Traffic one : said) {
            Traffic.Read read = (Traffic.Read) one;
            (read.direction() == Direction.CLIENT_TO_SERVER ? client : server)
                    .accept(read.bytes(), read.atNanos(), read.descriptors(), sink::consume);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void judge() {
        Validator validator = new Validator(catalog);
        for (int i = 0; i < MESSAGES; i++) {
            sink.consume(validator.judge(records.get(i).frame(), messages.get(i)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void mask() {
        Redactor redactor = new Redactor(redaction);
        Pairing pairing = new Pairing();
        for (int i = 0; i < MESSAGES; i++) {
            Frame frame = records.get(i).frame();
            sink.consume(redactor.redact(frame, messages.get(i), pairing.accept(frame, messages.get(i))));
        }
    }

    /** Traffic to records, without judging and masking. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void scribeBare() {
        said.forEach(bareScribes::accept);
    }

    /** Traffic to records. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void scribe() {
        said.forEach(scribes::accept);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void encode() {
        for (FrameRecorded record : records) {
            sink.consume(RecordCodec.encode(record, record.sequence(), Bytes.EMPTY));
        }
    }

    /** The hash chain, and what else the seal will say. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void chain() {
        for (int i = 0; i < MESSAGES; i++) {
            contents.add(encoded.get(i), records.get(i), i);
        }
    }

    /** Chronicle. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void append() {
        encoded.forEach(reel::append);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void clock() {
        for (int i = 0; i < MESSAGES; i++) {
            sink.consume(clock.pair());
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void decode() {
        for (Bytes record : encoded) {
            sink.consume(RecordCodec.decode(record));
        }
    }
}
