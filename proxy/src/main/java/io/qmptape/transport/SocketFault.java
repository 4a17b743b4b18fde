package io.qmptape.transport;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed connect, read or write means. */
public enum SocketFault {
    /** A server listens and its backlog is full: EAGAIN, at once, for a unix socket. */
    BUSY,
    /** The other side closed: a reset on reading is an end of stream, a broken pipe on writing its echo. */
    DEPARTED,
    /** The two did not agree on TLS, and will not as long as neither changes. */
    DISTRUST,
    /** The socket or the network failed. */
    OTHER,
    /** Not a socket's fault, but this program's. */
    FOREIGN;

    private static final Pattern BUSY_TEXT = Pattern.compile("error\\(-11\\)|Resource temporarily unavailable");
    private static final Pattern DEPARTED_TEXT = Pattern.compile(
            "error\\(-(32|104)\\)|Broken pipe|Connection reset|Socket is not connected", Pattern.CASE_INSENSITIVE);
    private static final Pattern SYSTEM_TEXT = Pattern.compile("error\\(-\\d+\\): ([^:]+)");

    public static SocketFault of(Throwable thrown) {
        IOException cause = innermost(thrown);
        if (cause == null) {
            return FOREIGN;
        }
        if (cause instanceof TlsFault tls) {
            return tls.kind();
        }
        String text = String.valueOf(cause.getMessage());
        if (BUSY_TEXT.matcher(text).find()) {
            return BUSY;
        }
        boolean isDeparted = cause instanceof ClosedChannelException
                || DEPARTED_TEXT.matcher(text).find();
        return isDeparted ? DEPARTED : OTHER;
    }

    /** The system's own words for it, without the name of the call. */
    public static String words(Throwable thrown) {
        IOException cause = innermost(thrown);
        if (cause == null) {
            return thrown.toString();
        }
        String text = String.valueOf(cause.getMessage());
        Matcher system = SYSTEM_TEXT.matcher(text);
        if (system.find()) {
            return system.group(1).strip();
        }
        return cause instanceof FileNotFoundException ? "No such file or directory" : text;
    }

    private static @Nullable IOException innermost(Throwable thrown) {
        IOException found = null;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            found = at instanceof IOException io ? io : found;
        }
        return found;
    }
}
