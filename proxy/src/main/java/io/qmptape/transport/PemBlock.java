package io.qmptape.transport;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands between two such lines as {@code -----BEGIN CERTIFICATE-----} and {@code -----END CERTIFICATE-----}; tools write
 * text of their own around it.
 *
 * @param der lent
 */
record PemBlock(String label, byte[] der) {
    private static final long MAX_BYTES = 16L << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** @throws IOException in one line why it cannot be read */
    static List<PemBlock> of(Path file) throws IOException {
        String text = text(file);
        if (count("-----BEGIN ", text) != count("-----END ", text)) {
            throw new IOException(file + " is damaged: it was cut off");
        }
        try {
            return BLOCK.matcher(text)
                    .results()
                    .map(found ->
                            new PemBlock(found.group(1), Base64.getMimeDecoder().decode(found.group(2))))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: it is no PEM file", e);
        }
    }

    private static long count(String words, String text) {
        return Pattern.compile(words, Pattern.LITERAL).matcher(text).results().count();
    }

    /** A pipe would be waited for, and a device read without end. */
    private static void requireReadable(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new IOException(file + " is no regular file");
        } else if (found.size() > MAX_BYTES) {
            throw new IOException(file + " is too big: it has more than " + (MAX_BYTES >> 20) + " MiB");
        }
    }

    private static String text(Path file) throws IOException {
        try {
            requireReadable(file);
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException("there is no " + file).initCause(e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read " + file, e);
        }
    }
}
