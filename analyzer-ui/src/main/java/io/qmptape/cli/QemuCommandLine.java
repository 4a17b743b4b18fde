package io.qmptape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words that start a QEMU, and where among them its QMP monitors are. */
record QemuCommandLine(List<String> words) {
    private static final Set<String> QMP = Set.of("-qmp", "-qmp-pretty");

    QemuCommandLine {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a QEMU has a program at least, as qemu-system-x86_64");
        }
    }

    /**
     * One QMP monitor.
     *
     * @param word the index of the word that says where it is
     * @param socket the path where it listens, or empty if it is reached in another way
     */
    record Monitor(int word, Optional<Path> socket) {}

    /** Whether it goes on in the background, so that the process that was started tells nothing of it. */
    boolean leavesForTheBackground() {
        return words.stream().map(QemuCommandLine::option).anyMatch("-daemonize"::equals);
    }

    /** Whether it gives the machine a name. */
    boolean namesTheMachine() {
        return words.stream().map(QemuCommandLine::option).anyMatch("-name"::equals);
    }

    /** The program without its directory. */
    String program() {
        return String.valueOf(Path.of(words.get(0)).getFileName());
    }

    /** In the order of the words. */
    List<Monitor> monitors() {
        Set<String> controlled = controlledCharacterDevices();
        List<Monitor> found = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String option = option(words.get(i - 1));
            QemuValue value = QemuValue.of(words.get(i));
            boolean isElsewhere = value.first().startsWith("chardev:");
            if (QMP.contains(option) && !isElsewhere) {
                found.add(new Monitor(i, value.listeningPath()));
            } else if (option.equals("-chardev")
                    && value.get("id").filter(controlled::contains).isPresent()) {
                found.add(new Monitor(i, value.listeningPath()));
            }
        }
        return found;
    }

    private Set<String> controlledCharacterDevices() {
        Set<String> ids = new HashSet<>();
        for (int i = 1; i < words.size(); i++) {
            String option = option(words.get(i - 1));
            QemuValue value = QemuValue.of(words.get(i));
            if (QMP.contains(option) && value.first().startsWith("chardev:")) {
                ids.add(value.first().substring("chardev:".length()));
            } else if (option.equals("-mon")
                    && value.get("mode").filter("control"::equals).isPresent()) {
                ids.add(value.get("chardev").orElse(value.first()));
            }
        }
        return ids;
    }

    /** The same, but for where that monitor listens. */
    QemuCommandLine moved(Monitor monitor, Path socket) {
        List<String> changed = new ArrayList<>(words);
        changed.set(
                monitor.word(),
                QemuValue.of(words.get(monitor.word())).withPath(socket).toString());
        return new QemuCommandLine(changed);
    }

    /** The same, with one more monitor that listens there. */
    QemuCommandLine withMonitor(Path socket) {
        List<String> more = new ArrayList<>(words);
        more.add("-qmp");
        more.add(QemuValue.of("unix:,server=on,wait=off").withPath(socket).toString());
        return new QemuCommandLine(more);
    }

    /** Options may begin with one dash or two. */
    private static String option(String word) {
        return word.startsWith("--") ? word.substring(1) : word;
    }
}
