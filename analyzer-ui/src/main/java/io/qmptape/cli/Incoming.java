package io.qmptape.cli;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.foreign.ForeignRecording;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.SessionRedaction;
import io.qmptape.traffic.SessionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A file that was read through and whose sessions may come onto a tape. */
sealed interface Incoming {
    List<SessionId> sessions();

    /** Says on stderr what of it could not be understood; returns whether all was. */
    boolean tell();

    /** With what is left to mask in it masked. */
    Incoming masked(Redaction redaction);

    /** @param scribes makes the scribes of a sink */
    void write(Set<SessionId> wanted, Consumer<SessionRecord> sink, Function<Consumer<SessionRecord>, Scribes> scribes);

    /** One of our own: its records are taken as they are. */
    record Transcript(RecordedSession session) implements Incoming {
        @Override
        public List<SessionId> sessions() {
            return List.of(session.opened().session());
        }

        @Override
        public boolean tell() {
            return true;
        }

        @Override
        public Incoming masked(Redaction redaction) {
            return new Transcript(SessionRedaction.of(session, redaction));
        }

        @Override
        public void write(
                Set<SessionId> wanted,
                Consumer<SessionRecord> sink,
                Function<Consumer<SessionRecord>, Scribes> scribes) {
            if (wanted.contains(session.opened().session())) {
                warnOfClear();
                session.records().forEach(sink);
            }
        }

        private void warnOfClear() {
            if (session.opened().isUnmasked()) {
                System.err.println(
                        "qmptape: warning: session " + session.opened().session()
                                + " was recorded in clear: its secrets go to the tape (--mask=pseudonym masks them)");
            }
        }
    }

    /** Another tool's: its traffic goes the way of what a relay sees. */
    record Foreign(Path file, ForeignRecording recording) implements Incoming {
        @Override
        public List<SessionId> sessions() {
            return recording.sessions();
        }

        @Override
        public boolean tell() {
            recording.misunderstood().forEach(each -> System.err.println(file + ":" + each.line() + ": " + each.why()));
            long more =
                    recording.misunderstoodCount() - recording.misunderstood().size();
            if (more > 0) {
                System.err.println(file + ": and " + SessionText.count(more, "line") + " more");
            }
            if (recording.passedOver() > 0) {
                System.err.println(
                        file + ": " + SessionText.count(recording.passedOver(), "line") + " of it about other things");
            }
            return recording.misunderstoodCount() == 0;
        }

        /** It is masked by the scribe that writes it. */
        @Override
        public Incoming masked(Redaction redaction) {
            return this;
        }

        @Override
        public void write(
                Set<SessionId> wanted,
                Consumer<SessionRecord> sink,
                Function<Consumer<SessionRecord>, Scribes> scribes) {
            try (ProgressBar bar = new ProgressBar("importing " + file.getFileName(), recording.size())) {
                recording.read(wanted, scribes.apply(sink), bar::at);
            }
        }
    }
}
