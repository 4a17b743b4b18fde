package io.qmptape.transport;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** @throws IOException in one line why it cannot be read */
    static List<PemBlock> of(Path file) throws IOException {
        try {
            return BLOCK.matcher(text(file))
                    .results()
                    .map(found ->
                            new PemBlock(found.group(1), Base64.getMimeDecoder().decode(found.group(2))))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: it is no PEM file", e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException("there is no " + file).initCause(e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read " + file, e);
        }
    }
}
