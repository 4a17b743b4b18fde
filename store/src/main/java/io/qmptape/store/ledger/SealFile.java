package io.qmptape.store.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.ledger.Seal.Replaced;
import io.qmptape.store.ledger.Seal.SealedFile;
import io.qmptape.store.packing.ReelBytes;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The file {@code seal} of a finished reel: one line of JSON. */
public final class SealFile {
    private static final String NAME = "seal";
    private static final String HEADING = "qmptape";
    private static final String FORM = "seal 1";
    /** Far above what a reel of a year's sessions needs. */
    private static final long MAX_BYTES = 64L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SealFile() {}

    public static boolean isIn(Path reel) {
        return isFile(reel.resolve(NAME));
    }

    /** SHA-256 of a reel's seal: what the ledger remembers. */
    public static String hash(Path reel) throws IOException {
        return Sha256.of(reel.resolve(NAME));
    }

    /** The reel's files as they are now, unpacked, by name. What is no file counts as an empty one: nothing of it is read. */
    public static List<SealedFile> files(Path reel) throws IOException {
        List<SealedFile> files = new ArrayList<>();
        for (Path entry : entries(reel)) {
            files.add(file(entry, String.valueOf(entry.getFileName())));
        }
        return files;
    }

    /** Where the reel's files are, but for its seal, by name. */
    public static List<Path> paths(Path reel) throws IOException {
        return entries(reel).stream().filter(SealFile::isFile).toList();
    }

    private static List<Path> entries(Path reel) throws IOException {
        try (Stream<Path> entries = Files.list(reel)) {
            return entries.filter(entry -> !isOfSeal(String.valueOf(entry.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** It, or what a process left that died while it wrote it. */
    private static boolean isOfSeal(String name) {
        return name.equals(NAME) || name.startsWith(NAME) && name.endsWith(PrivateFiles.DRAFT);
    }

    private static SealedFile file(Path file, String name) throws IOException {
        if (!isFile(file)) {
            return new SealedFile(name, 0, "");
        }
        try (ReelBytes bytes = ReelBytes.open(file)) {
            return new SealedFile(name, bytes.size(), bytes.sha256());
        }
    }

    /** Writes the seal, whole or not at all; one that is there stays. */
    public static void write(Path reel, Seal seal) throws IOException {
        PrivateFiles.writeOnce(reel.resolve(NAME), json(seal) + "\n");
    }

    /**
     * @throws NewerFormException if it is not for this version to read
     * @throws IOException if there is none, or it cannot be read as one
     */
    public static Seal read(Path reel) throws IOException {
        Path file = reel.resolve(NAME);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is too long to be one");
        }
        JsonNode seal = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        requireForm(seal == null ? "" : seal.path(HEADING).asText());
        try {
            return new Seal(
                    reelName(seal, "reel"),
                    number(seal, "torn"),
                    each(seal.path("files"), SealFile::file),
                    each(seal.path("sessions"), SealFile::part),
                    seal.has("replaces") ? Optional.of(replaced(seal.path("replaces"))) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void requireForm(String form) throws IOException {
        if (form.matches("seal \\d{1,9}") && !form.equals(FORM)) {
            throw new NewerFormException(
                    "its seal is a '" + form + "'; this qmptape knows '" + FORM + "': use a newer one");
        } else if (!form.equals(FORM)) {
            throw new IOException("it is no '" + FORM + "'");
        }
    }

    private static String json(Seal seal) {
        ObjectNode json = JSON.createObjectNode();
        json.put(HEADING, FORM).put("reel", seal.reel()).put("torn", seal.torn());
        ArrayNode files = json.putArray("files");
        for (SealedFile file : seal.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        putParts(json.putArray("sessions"), seal.sessions());
        seal.replaced().ifPresent(replaced -> {
            ObjectNode member = json.putObject("replaces");
            member.put("reel", replaced.reel()).put("why", replaced.why());
            putParts(member.putArray("removed"), replaced.removed());
        });
        return json.toString();
    }

    static void putParts(ArrayNode array, List<SessionPart> parts) {
        for (SessionPart part : parts) {
            array.addObject()
                    .put("id", part.session().toString())
                    .put("machine", part.machine())
                    .put("records", part.records())
                    .put("bytes", part.bytes())
                    .put("from", part.fromMillis())
                    .put("to", part.toMillis())
                    .put("head", part.head())
                    .put("closed", part.isClosed());
        }
    }

    static List<SessionPart> parts(JsonNode array) {
        return each(array, SealFile::part);
    }

    private static SessionPart part(JsonNode part) {
        return new SessionPart(
                new SessionId(UUID.fromString(text(part, "id"))),
                text(part, "machine"),
                number(part, "records"),
                number(part, "bytes"),
                number(part, "from"),
                number(part, "to"),
                head(part),
                part.path("closed").asBoolean());
    }

    private static String head(JsonNode part) {
        String head = text(part, "head");
        if (!head.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("it has a head that is no hash");
        }
        return head;
    }

    private static SealedFile file(JsonNode file) {
        return new SealedFile(text(file, "name"), number(file, "bytes"), text(file, "sha256"));
    }

    private static Replaced replaced(JsonNode member) {
        return new Replaced(reelName(member, "reel"), text(member, "why"), parts(member.path("removed")));
    }

    private static <T> List<T> each(JsonNode array, java.util.function.Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        array.forEach(element -> all.add(reader.apply(element)));
        return all;
    }

    static String text(JsonNode object, String name) {
        if (!object.path(name).isTextual()) {
            throw new IllegalArgumentException("it lacks a text '" + name + "'");
        }
        return object.path(name).textValue();
    }

    /** Reels are moved and deleted by their names. */
    static String reelName(JsonNode object, String name) {
        String text = text(object, name);
        if (!PrivateFiles.isPlainName(text)) {
            throw new IllegalArgumentException("it names a reel that cannot be one");
        }
        return text;
    }

    static long number(JsonNode object, String name) {
        if (!object.path(name).canConvertToLong()) {
            throw new IllegalArgumentException("it lacks a number '" + name + "'");
        }
        return object.path(name).longValue();
    }
}
