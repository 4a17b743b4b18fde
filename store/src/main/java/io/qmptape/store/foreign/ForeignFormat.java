package io.qmptape.store.foreign;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The recordings of other tools that can be read. */
public enum ForeignFormat {
    CHUNKS("chunks", "raw reads: {\"t\",\"dir\",\"data\"} a line", new ChunkReader()),
    JSONL("jsonl", "messages: {\"dir\",\"msg\"} a line", new MessageLineReader()),
    SOCAT("socat", "what socat -v writes", new SocatReader()),
    INCUS("incus", "Incus' qmp log", new IncusReader()),
    LIBVIRT("libvirt", "libvirt's debug log", new LibvirtReader()),
    TRACE("trace", "QEMU's trace of monitor_qmp_* and handle_qmp_command", new TraceReader()),
    REPLIES("replies", "libvirt's .replies (greeting and times are made up)", new RepliesReader());

    private final String word;
    private final String text;
    private final ForeignReader reader;

    ForeignFormat(String word, String text, ForeignReader reader) {
        this.word = word;
        this.text = text;
        this.reader = reader;
    }

    /** What a person calls it. */
    public String word() {
        return word;
    }

    /** What it is, in a few words; also the origin of its sessions. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if no format has that name */
    public static ForeignFormat ofWord(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no format '" + word + "'; there are " + words()));
    }

    /** All names, with commas between. */
    public static String words() {
        return Arrays.stream(values()).map(ForeignFormat::word).collect(Collectors.joining(", "));
    }

    static Optional<ForeignFormat> of(String head) {
        return Arrays.stream(values())
                .filter(format -> format.reader.recognises(head))
                .findFirst();
    }

    ForeignReader reader() {
        return reader;
    }
}
