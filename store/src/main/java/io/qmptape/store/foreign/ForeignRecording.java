package io.qmptape.store.foreign;

import io.qmptape.store.TapeException;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * A recording that another tool made. It is read twice, and never held in memory as a whole: first to see what is in it
 * and to make ids for its sessions, then to write those that are wanted. So all that can be wrong with it is known
 * before anything is written.
 */
public final class ForeignRecording {
    /** Told with their lines; of more, only the number. */
    private static final int MAX_TOLD = 200;

    private final ForeignFile file;
    private final ForeignFormat format;
    private final String machine;
    private final List<SessionId> sessions = new ArrayList<>();
    private final List<Misunderstood> misunderstood = new ArrayList<>();
    private long misunderstoodCount;
    private long passedOver;

    private ForeignRecording(ForeignFile file, ForeignFormat format, String machine) {
        this.file = file;
        this.format = format;
        this.machine = machine;
    }

    /** A line that could not be understood, and why; never what it holds. */
    public record Misunderstood(long line, String why) {}

    /**
     * How a file is to be read.
     *
     * @param format empty to recognise it
     * @param machine the name of the machine; empty for the file's name
     * @param secrets what does not count in the ids of sessions: an id must give nothing to guess a secret against
     */
    public record Request(Path file, Optional<ForeignFormat> format, Optional<String> machine, MaskRules secrets) {}

    /**
     * Reads the file through, and keeps what is to be known of it.
     *
     * @param progress hears how many of its bytes were read, now and then
     * @throws TapeException if the file is missing, or its format is none that is known
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ForeignRecording inspect(Request request, LongConsumer progress) {
        ForeignFile file = new ForeignFile(request.file());
        ForeignFormat format = request.format()
                .or(() -> ForeignFormat.of(file.head()))
                .orElseThrow(() -> new TapeException("cannot tell what " + request.file()
                        + " is; --format names it, one of " + ForeignFormat.words()));
        String machine = request.machine().orElse(String.valueOf(request.file().getFileName()));
        ForeignRecording recording = new ForeignRecording(file, format, machine);
        recording.inspect(request.secrets(), progress);
        return recording;
    }

    public ForeignFormat format() {
        return format;
    }

    /** Size of the file: what {@code progress} counts up to. */
    public long size() {
        return file.size();
    }

    /** The ids of its sessions, in the order in which they begin. The same content has the same id each time. */
    public List<SessionId> sessions() {
        return List.copyOf(sessions);
    }

    /** The first lines that could not be understood; {@link #misunderstoodCount} says how many there are. */
    public List<Misunderstood> misunderstood() {
        return List.copyOf(misunderstood);
    }

    public long misunderstoodCount() {
        return misunderstoodCount;
    }

    /** How many lines are about something else. */
    public long passedOver() {
        return passedOver;
    }

    /**
     * Reads the file once more, and hands the traffic of some sessions to a scribe, who masks and judges it as a
     * recorder's.
     */
    public void read(Set<SessionId> wanted, Scribes scribes, LongConsumer progress) {
        read(progress, new Writing(wanted, scribes));
    }

    private void inspect(MaskRules secrets, LongConsumer progress) {
        ContentIds ids = new ContentIds();
        Inspecting inspecting =
                new Inspecting(new Scribes(Judging.none(), new Redaction(secrets, RedactionKey.random()), ids::add));
        read(progress, inspecting);
        inspecting.placeholders.forEach(placeholder -> sessions.add(ids.of(placeholder)));
    }

    private void read(LongConsumer progress, ForeignSessions.Hearer hearer) {
        try (InputStream in = file.open(progress)) {
            format.reader().read(new Lines(in), new ForeignSessions(hearer, machine));
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    /** The first time: what is in it. */
    private final class Inspecting implements ForeignSessions.Hearer {
        private final Scribes scribes;
        private final List<SessionId> placeholders = new ArrayList<>();

        Inspecting(Scribes scribes) {
            this.scribes = scribes;
        }

        @Override
        public SessionId id(int place) {
            SessionId placeholder = new SessionId(new UUID(0, place));
            placeholders.add(placeholder);
            return placeholder;
        }

        @Override
        public void opened(Traffic.Opened opened) {
            scribes.open(opened, format.text());
        }

        @Override
        public void passed(Traffic traffic) {
            scribes.accept(traffic);
        }

        @Override
        public void misunderstood(long line, String why) {
            misunderstoodCount++;
            if (misunderstood.size() < MAX_TOLD) {
                misunderstood.add(new Misunderstood(line, why));
            }
        }

        @Override
        public void passedOver() {
            passedOver++;
        }
    }

    /** The second time: what was told is known. */
    private final class Writing implements ForeignSessions.Hearer {
        private final Set<SessionId> wanted;
        private final Scribes scribes;

        Writing(Set<SessionId> wanted, Scribes scribes) {
            this.wanted = wanted;
            this.scribes = scribes;
        }

        @Override
        public SessionId id(int place) {
            if (place >= sessions.size()) {
                throw new TapeException(file.path() + " has changed while it was read");
            }
            return sessions.get(place);
        }

        @Override
        public void opened(Traffic.Opened opened) {
            if (wanted.contains(opened.session())) {
                scribes.open(opened, format.text());
            }
        }

        @Override
        public void passed(Traffic traffic) {
            scribes.accept(traffic);
        }

        @Override
        public void misunderstood(long line, String why) {}

        @Override
        public void passedOver() {}
    }
}
