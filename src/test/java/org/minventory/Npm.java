package org.minventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.minventory.base.Ids;

/**
 * Programs of others that read what we send: the packages that {@code src/test/npm} names, each in one version, and the
 * small scripts beside them. They are installed below {@code target} when a test first asks.
 */
public final class Npm {
    private static final Path SOURCE = Path.of("src/test/npm");
    private static final Path FOLDER = Path.of("target/npm");
    private static final int LONGEST_INSTALL = 300;
    private static final int LONGEST_RUN = 60;

    private static boolean installed;

    private Npm() {}

    /** How a script ended. */
    public record Ran(int status, String out, String err) {}

    /** Runs a script of {@code src/test/npm} to its end. */
    public static Ran run(String script, String input, String... arguments) {
        try {
            Path err = Files.createTempFile("npm", ".err");
            Process process =
                    builder(script, arguments).redirectError(err.toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = end(process, LONGEST_RUN);
            String said = Files.readString(err);
            Files.delete(err);
            return new Ran(status, out, said);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a script that goes on until it is stopped; what it complains of stands among what the tests print. */
    public static Process start(String script, String... arguments) {
        try {
            return builder(script, arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProcessBuilder builder(String script, String... arguments) throws IOException {
        install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(FOLDER.toFile());
    }

    private static synchronized void install() throws IOException {
        if (installed) return;
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList())
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Path mark = FOLDER.resolve("installed");
        String lock =
                HexFormat.of().formatHex(Ids.sha256().digest(Files.readAllBytes(SOURCE.resolve("package-lock.json"))));
        if (!Files.exists(mark) || !Files.readString(mark).equals(lock)) {
            ci();
            Files.writeString(mark, lock);
        }
        installed = true;
    }

    private static void ci() throws IOException {
        Path log = FOLDER.resolve("install.log");
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "These tests need Node.js with npm (Debian: nodejs, npm; .ci/run installs them).", missing);
        }
        int status = end(npm, LONGEST_INSTALL);
        if (status != 0) throw new AssertionError("npm ci ended with " + status + ": " + Files.readString(log));
    }

    private static int end(Process process, int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) return process.exitValue();
            process.destroyForcibly();
            throw new AssertionError("not at its end within " + seconds + " s: " + process.info());
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
