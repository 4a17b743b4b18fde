package io.qmptape.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands behind an option of QEMU's: parts with commas between, as {@code socket,id=m,path=/q.sock,server=on}. */
record QemuValue(List<String> parts) {
    private static final String UNIX = "unix:";
    private static final String PATH = "path=";
    private static final Set<String> YES = Set.of("on", "yes", "true", "y");

    QemuValue {
        parts = List.copyOf(parts);
    }

    /** A comma within a part is doubled. */
    static QemuValue of(String text) {
        return new QemuValue(Arrays.stream(text.replace(",,", "\0").split(",", -1))
                .map(part -> part.replace('\0', ','))
                .toList());
    }

    String first() {
        return parts.get(0);
    }

    /** The last one counts, as for QEMU; a name alone means {@code on}. */
    Optional<String> get(String name) {
        return parts.stream()
                .filter(part -> part.equals(name) || part.startsWith(name + "="))
                .map(part -> part.equals(name) ? "on" : part.substring(name.length() + 1))
                .reduce((one, later) -> later);
    }

    private boolean is(String name) {
        return get(name).filter(YES::contains).isPresent();
    }

    /** The path of the unix socket where this listens, if it does that. */
    Optional<Path> listeningPath() {
        if (!is("server") || is("abstract")) {
            return Optional.empty();
        }
        return path().filter(path -> !path.isEmpty()).map(Path::of);
    }

    private Optional<String> path() {
        if (first().startsWith(UNIX)) {
            return Optional.of(first().substring(UNIX.length()));
        }
        return first().equals("socket") ? get("path") : Optional.empty();
    }

    QemuValue withPath(Path path) {
        return new QemuValue(parts.stream().map(part -> withPath(part, path)).toList());
    }

    private static String withPath(String part, Path path) {
        if (part.startsWith(UNIX)) {
            return UNIX + path;
        }
        return part.startsWith(PATH) ? PATH + path : part;
    }

    @Override
    public String toString() {
        return parts.stream().map(part -> part.replace(",", ",,")).collect(Collectors.joining(","));
    }
}
