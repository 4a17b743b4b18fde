package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the launcher in a checkout of nothing but empty folders, with a Java and a Maven that only pretend. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final String JAVA = "echo \"java ran: $*\"";
    private static final String BUILD =
            "mkdir -p analyzer-ui/target && echo built >> builds && : > analyzer-ui/target/qmptape.jar";

    @TempDir
    private Path scratch;

    private Path checkout = Path.of("");
    private Path programs = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        checkout = Files.createDirectories(scratch.resolve("a check out"));
        programs = Files.createDirectories(scratch.resolve("programs"));
        Path launcher = Path.of("").toAbsolutePath().resolveSibling("qmptape");
        Files.copy(launcher, checkout.resolve("qmptape"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : List.of("proxy", "store", "replay", "analyzer-ui")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        for (String tool : List.of(
                "sh", "readlink", "sed", "find", "head", "mkdir", "ln", "rm", "sleep", "touch", "grep", "kill")) {
            linkTool(tool);
        }
    }

    @Test
    void buildsQuietlyOnFirstUseAndNotAgain() throws Exception {
        java("17.0.2");
        maven(BUILD);

        CommandLineRun first = launch("sessions", "a b");
        CommandLineRun second = launch("sessions");

        assertThat(first.isFine().out()).contains("java ran: -jar", "qmptape.jar sessions a b");
        assertThat(first.stderr().lines()).singleElement().asString().startsWith("qmptape: building");
        assertThat(second.isFine().stderr()).isEmpty();
        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        java("17.0.2");
        maven(BUILD);
        launch("sessions").isFine();
        Path source = Files.createFile(checkout.resolve("store/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

        launch("sessions").isFine();

        assertThat(Files.readAllLines(checkout.resolve("builds"))).hasSize(2);
    }

    @Test
    void withoutJavaSaysSoInOneLine() throws Exception {
        launch("sessions").complains("needs Java 17 or newer, and there is no java on the PATH");
    }

    @Test
    void aJavaTooOldIsToldByItsReleaseFile() throws Exception {
        java("11.0.20");

        launch("sessions").complains("needs Java 17 or newer, and " + programs.resolve("java") + " is 11");
    }

    @Test
    void aJavaTooOldIsToldByItsAnswer() throws Exception {
        program("java", "echo 'openjdk version \"1.8.0_402\"' >&2");

        launch("sessions").complains("needs Java 17 or newer, and " + programs.resolve("java") + " is 8");
    }

    @Test
    void aJavaWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
        program(
                "java",
                "echo 'Picked up JAVA_TOOL_OPTIONS: \"-Dx\"' >&2; echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");
        maven(BUILD);

        launch("sessions").isFine();
    }

    @Test
    void withoutMavenSaysSoInOneLine() throws Exception {
        java("17.0.2");

        launch("sessions").complains("there is no mvn on the PATH");
    }

    @Test
    void aFailingBuildSaysWhereItsLogIs() throws Exception {
        java("17.0.2");
        maven("echo '[ERROR] no such thing'; exit 1");

        CommandLineRun run = launch("sessions").endsWith(2);

        assertThat(run.out()).isEmpty();
        assertThat(run.stderr())
                .contains("[ERROR] no such thing", "the whole log is in " + checkout + "/.qmptape/build.log");
        assertThat(checkout.resolve(".qmptape/build.lock")).doesNotExist();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        java("17.0.2");
        maven("sleep 2; " + BUILD);

        // threads of their own: the common pool may have only one, and the two would follow each other
        Executor apart = work -> new Thread(work).start();
        CompletableFuture<CommandLineRun> one = CompletableFuture.supplyAsync(() -> launchAside("one"), apart);
        CompletableFuture<CommandLineRun> two = CompletableFuture.supplyAsync(() -> launchAside("two"), apart);

        assertThat(one.get().isFine().out()).contains("qmptape.jar one");
        assertThat(two.get().isFine().out()).contains("qmptape.jar two");
        assertThat(one.get().stderr() + two.get().stderr()).contains("waits for another build");
        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void theLockOfADeadProcessIsTakenOver() throws Exception {
        java("17.0.2");
        maven(BUILD);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve(".qmptape"));
        Files.createSymbolicLink(checkout.resolve(".qmptape/build.lock"), Path.of(String.valueOf(dead.pid())));

        launch("sessions").isFine();

        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void worksThroughASymbolicLinkFromElsewhere() throws Exception {
        java("17.0.2");
        maven(BUILD);
        Path link = Files.createSymbolicLink(scratch.resolve("tape"), checkout.resolve("qmptape"));

        CommandLineRun run = Shell.end(builder(link, "sessions"), scratch).isFine();

        assertThat(run.out()).contains("-jar " + checkout.toRealPath() + "/analyzer-ui/target/qmptape.jar sessions");
    }

    /** A Java that says what it was called with, and whose release file names a version. */
    private void java(String version) throws IOException {
        Path jdk = scratch.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        write(jdk.resolve("bin/java"), JAVA);
        Files.createSymbolicLink(programs.resolve("java"), jdk.resolve("bin/java"));
    }

    private void maven(String script) throws IOException {
        program("mvn", script);
    }

    private void program(String name, String script) throws IOException {
        write(programs.resolve(name), script);
    }

    private static void write(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The tools of every system, without those that must be missing. */
    private void linkTool(String tool) throws IOException {
        for (String directory : List.of("/usr/bin", "/bin")) {
            Path program = Path.of(directory, tool);
            if (Files.exists(program) && !Files.exists(programs.resolve(tool))) {
                Files.createSymbolicLink(programs.resolve(tool), program);
            }
        }
    }

    private CommandLineRun launch(String... args) throws IOException, InterruptedException {
        return Shell.end(builder(checkout.resolve("qmptape"), args), scratch);
    }

    private CommandLineRun launchAside(String... args) {
        try {
            return launch(args);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder builder(Path launcher, String... args) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        return builder;
    }
}
