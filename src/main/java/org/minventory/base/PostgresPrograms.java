package org.minventory.base;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs ({@code initdb}, {@code pg_ctl}, {@code postgres}), unpacked once from the jar that carries
 * them and run as the right user with nothing of this process's environment that could mislead them.
 */
final class PostgresPrograms {

    /** The version of the binaries; a test holds it to what the server says. */
    static final String VERSION = "18.6.0";

    /** The major version, which names the data folder: another major version cannot read it. */
    static final int MAJOR = 18;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);

    private static final Pattern COMPLAINT = Pattern.compile(".*(?:FATAL|PANIC|ERROR|error):\\s+(.*)");

    /** Of a program that runs another, and could not (126) or did not find it (127). */
    private static final Set<Integer> NOT_RUN = Set.of(126, 127);

    private final Path folder;
    private final PostgresUser user;

    private PostgresPrograms(Path folder, PostgresUser user) {
        this.folder = folder;
        this.user = user;
    }

    /** What a program said and how it ended. */
    record Outcome(int code, String output) {

        boolean succeeded() {
            return code == 0;
        }

        /** The line that most likely says why: the last one that is not a hint. */
        String reason() {
            return lastComplaint(output);
        }
    }

    /** What the last line of a text that complains says, else its last line. */
    static String lastComplaint(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream()
                .map(COMPLAINT::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .reduce((_, last) -> last)
                .or(() -> lines.stream().reduce((_, last) -> last))
                .orElse("it said nothing");
    }

    /**
     * Unpacks the programs below {@code parent} unless they are there: all of them at once or none, so that a process
     * killed in the middle leaves nothing half-made in the way.
     *
     * @throws CannotStart where this build carries no programs for this machine, or they cannot be written
     */
    static PostgresPrograms unpack(Path parent, PostgresUser user) {
        Path folder = parent.resolve("bin-" + VERSION);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(parent);
                removeLeftovers(parent);
                Path partial = Files.createDirectory(parent.resolve(folder.getFileName() + ".partial-"
                        + ProcessHandle.current().pid()));
                LOG.info("Unpacking PostgreSQL {} into {}", VERSION, folder);
                try {
                    extract(partial);
                    Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    deleteRecursively(partial); // a full disk needs the room; after the move there is nothing
                }
            }
        } catch (IOException e) {
            throw new CannotStart("PostgreSQL could not be unpacked into " + folder + " (" + Reason.of(e) + ").", e);
        }
        return new PostgresPrograms(folder, user);
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                int dash = name.indexOf(".partial-");
                if (name.startsWith("bin-") && dash > 0 && !isAlive(name.substring(dash + ".partial-".length()))) {
                    deleteRecursively(child);
                }
            }
        }
    }

    private static boolean isAlive(String process) {
        return !process.equals(Long.toString(ProcessHandle.current().pid()))
                && ProcessHandle.of(Long.parseLong(process)).isPresent();
    }

    /** Deletes a folder and all it holds, following no links. */
    static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> everything = Files.walk(folder)) {
            for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void extract(Path target) throws IOException {
        try (InputStream packed = open();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive names a file outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (!entry.getName().endsWith(".a")) { // static libraries are for those who compile
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & 0111) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static InputStream open() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        InputStream packed =
                PostgresPrograms.class.getResourceAsStream("/postgres-" + system + "-" + processor + ".txz");
        if (packed == null) {
            throw new CannotStart("This build of Minventory carries no PostgreSQL for " + System.getProperty("os.name")
                    + " on " + System.getProperty("os.arch") + ": name a running one with --database-url.");
        }
        return new BufferedInputStream(packed);
    }

    /** Runs one program to its end. */
    Outcome run(String program, String... arguments) {
        return runReading("", program, arguments);
    }

    /**
     * Runs one program to its end with something to read.
     *
     * @throws CannotStart where the system does not run it at all
     */
    Outcome runReading(String input, String program, String... arguments) {
        String[] line = Stream.concat(
                        Stream.of(folder.resolve("bin").resolve(program).toString()), Stream.of(arguments))
                .toArray(String[]::new);
        ProcessBuilder builder = new ProcessBuilder(user.command(line))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            feed(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Outcome outcome = new Outcome(process.waitFor(), output);
            if (NOT_RUN.contains(outcome.code())) {
                throw cannotRun(outcome.reason(), null);
            }
            return outcome;
        } catch (IOException e) {
            throw cannotRun(Reason.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while running PostgreSQL's " + program + ".", e);
        }
    }

    private CannotStart cannotRun(String reason, @Nullable IOException cause) {
        return new CannotStart(
                "PostgreSQL's programs in " + folder + " cannot be run (" + reason + "): if that folder allows no"
                        + " programs, choose another with --data; if it was damaged, delete it and start again.",
                cause);
    }

    private static void feed(Process process, String input) {
        try (Writer standardInput = process.outputWriter(StandardCharsets.UTF_8)) {
            standardInput.write(input);
        } catch (IOException endedBeforeReading) {
            LOG.debug(
                    "A program of PostgreSQL ended before it read its input; its output says why", endedBeforeReading);
        }
    }
}
