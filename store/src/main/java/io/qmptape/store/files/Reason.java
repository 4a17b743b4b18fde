package io.qmptape.store.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, in words: Java's own messages often hold nothing but the path. */
public final class Reason {
    private Reason() {}

    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist and cannot be made";
        } else if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is in the way";
        } else if (e instanceof NotDirectoryException) {
            return "it is no directory";
        } else if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
