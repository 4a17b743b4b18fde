package io.qmptape.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This program, to be started once more in a process of its own: as it is now, though another version be installed meanwhile. */
final class OwnProgram {
    /** What the manifest says where the program runs from its jar. */
    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref");

    /** Empty if it does not run from its jar. */
    private final Optional<HeldFile> jar;

    private OwnProgram(Optional<HeldFile> jar) {
        this.jar = jar;
    }

    static OwnProgram present() {
        String classPath = classPath();
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        return new OwnProgram(isJar ? Optional.of(HeldFile.of(Path.of(classPath))) : Optional.empty());
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The words that start it with these options of Java's and these arguments. */
    List<String> command(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            // Netty and Chronicle reach into memory by a way that newer Javas warn of
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(options);
        if (jar.isPresent()) {
            command.addAll(List.of("-jar", jar.get().path().toString()));
        } else {
            OPENED.forEach(name -> command.addAll(List.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED")));
            command.addAll(List.of("-cp", classPath(), Qmptape.class.getName()));
        }
        command.addAll(arguments);
        return command;
    }

    /** What places the files of the other process beside those of this one. */
    static Map<String, String> environment(Places places) {
        return Map.of(
                "XDG_STATE_HOME", home(places.state()),
                "XDG_CACHE_HOME", home(places.cache()),
                "XDG_CONFIG_HOME", home(places.config()));
    }

    private static String home(Path own) {
        return String.valueOf(own.toAbsolutePath().getParent());
    }
}
