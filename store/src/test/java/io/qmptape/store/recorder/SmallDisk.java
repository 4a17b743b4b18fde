package io.qmptape.store.recorder;

import io.qmptape.testkit.Installed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system of its own, made where tests may mount one. */
final class SmallDisk implements AutoCloseable {
    private final Path mount;
    private final Path path;

    private SmallDisk(Path mount) {
        this(mount, mount);
    }

    private SmallDisk(Path mount, Path path) {
        this.mount = mount;
        this.path = path;
    }

    /** In memory. */
    static SmallDisk tmpfs(Path mount, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(mount);
        require(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString()));
        return new SmallDisk(mount);
    }

    /** ext4 in a file, read-only after its first error. */
    static SmallDisk ext4(Path mount, int megabytes) throws IOException, InterruptedException {
        Path image = image(mount, megabytes);
        require(List.of("mkfs.ext4", "-q", "-m", "0", image.toString()));
        require(List.of("mount", "-o", "loop,errors=remount-ro", image.toString(), mount.toString()));
        return new SmallDisk(mount);
    }

    /** A quota of so many megabytes, on btrfs with more room than that: what is asked how much is free does not know it. */
    static SmallDisk quota(Path mount, int megabytes) throws IOException, InterruptedException {
        Path image = image(mount, megabytes + 200);
        Path limited = mount.resolve("limited");
        require(List.of("mkfs.btrfs", "-q", image.toString()));
        require(List.of("mount", "-o", "loop", image.toString(), mount.toString()));
        SmallDisk disk = new SmallDisk(mount, limited);
        require(List.of("btrfs", "-q", "quota", "enable", mount.toString()));
        require(List.of("btrfs", "-q", "subvolume", "create", limited.toString()));
        require(List.of("btrfs", "-q", "qgroup", "limit", megabytes + "M", limited.toString()));
        return disk;
    }

    private static Path image(Path mount, int megabytes) throws IOException {
        Files.createDirectories(mount);
        Path image = image(mount);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        return image;
    }

    private static Path image(Path mount) {
        return mount.resolveSibling(mount.getFileName() + ".img");
    }

    Path path() {
        return path;
    }

    /** Shows what is on its device, and not what the kernel still remembers. */
    void mountAgain() throws IOException, InterruptedException {
        require(List.of("umount", mount.toString()));
        require(List.of("mount", "-o", "loop", image(mount).toString(), mount.toString()));
    }

    /** Makes the kernel believe that the disk has failed. */
    void breakDown() throws IOException {
        String device = "";
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String[] words = line.split(" ", -1);
            device = words[1].equals(mount.toString()) ? words[0] : device;
        }
        Files.writeString(Path.of("/sys/fs/ext4", device.substring("/dev/".length()), "trigger_fs_error"), "a test");
    }

    /** Takes all but so many megabytes. */
    Path fillUpTo(int freeMegabytes) throws IOException {
        Path spare = path.resolve("spare");
        Path ballast = path.resolve("ballast");
        write(spare, freeMegabytes << 4);
        try {
            write(ballast, Integer.MAX_VALUE);
        } catch (IOException full) {
            Files.delete(spare);
            return ballast;
        }
        throw new IOException("the disk " + path + " is not small");
    }

    private static void write(Path path, int blocks) throws IOException {
        byte[] block = new byte[1 << 16];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (int i = 0; i < blocks; i++) {
                file.write(block);
            }
        }
    }

    @Override
    public void close() {
        try {
            run(List.of("umount", "-l", mount.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void require(List<String> command) throws IOException, InterruptedException {
        String told = run(command);
        Installed.require(told.isEmpty(), command + " cannot be run here: " + told, "mounts");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : out + " (exit code " + process.exitValue() + ")";
        } catch (IOException missing) {
            return String.valueOf(missing.getMessage());
        }
    }
}
