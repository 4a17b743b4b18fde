package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that makes equal secrets comparable without keeping them: a stand-in is a keyed hash (HMAC-SHA-256, cut to 64
 * bits) of the secret. It lies outside the tape, so that a copied tape gives nothing to guess against.
 */
public final class RedactionKey implements StandIns {
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 8;

    private final byte[] key;

    private RedactionKey(byte[] key) {
        this.key = key;
    }

    /** A key that nobody keeps: stand-ins compare within what it masks, and with nothing else. */
    public static RedactionKey random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new RedactionKey(key);
    }

    /**
     * The key in a file, which is made (mode 0600) if it is missing.
     *
     * @throws UncheckedIOException if it can be neither read nor made
     */
    public static RedactionKey readOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the redaction key " + file + ": " + Reason.of(e), e);
        }
    }

    /** The key of that name among those in a directory; empty if it is not there, or cannot be read. */
    public static Optional<RedactionKey> find(Path directory, String name) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".key"))
                    .flatMap(RedactionKey::ifReadable)
                    .filter(key -> key.name().equals(name))
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Stream<RedactionKey> ifReadable(Path file) {
        try {
            return Stream.of(read(file));
        } catch (IOException | UncheckedIOException other) {
            return Stream.empty();
        }
    }

    private static RedactionKey read(Path file) throws IOException {
        try {
            byte[] key = HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (key.length != KEY_BYTES) {
                throw new IOException("it holds " + key.length + " bytes instead of " + KEY_BYTES);
            }
            return new RedactionKey(key);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no line of hex digits", e);
        }
    }

    @Override
    public String name() {
        return fingerprint();
    }

    /** Names the key without giving it away: which stand-ins may be compared with which. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Arrays.copyOf(hash("qmptape redaction key"), 4));
    }

    @Override
    public String standIn(String secret) {
        return "[masked:" + HexFormat.of().formatHex(Arrays.copyOf(hash(secret), HASH_BYTES)) + "]";
    }

    /** Whether a value was masked with this key as that stand-in. */
    public boolean masks(Json value, String standIn) {
        return standIn(SecretValue.of(value)).equals(standIn);
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static void create(Path file) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a key file lies in a directory");
        Files.createDirectories(parent);
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFiles.writeOnce(file, HexFormat.of().formatHex(key) + "\n");
    }
}
