package org.minventory;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real program of others, running beside the tests and ended with them. Where it is missing the test fails: one that
 * skips proves nothing.
 */
public final class Tool implements AutoCloseable {
    private static final int LONGEST_RUN = 60;
    private static final int LONGEST_END = 20;

    private final Process process;
    private final Path log;

    private Tool(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one that goes on until it is closed; what it prints goes to the log. */
    public static Tool start(Path log, String name, String... arguments) {
        try {
            return new Tool(builder(log, name, arguments).start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs one to its end, which has to be a good one, and gives what it printed. */
    public static String run(Path folder, String name, String... arguments) {
        try (Tool program = start(folder.resolve(name + ".log"), name, arguments)) {
            if (!program.process.waitFor(LONGEST_RUN, TimeUnit.SECONDS))
                throw new AssertionError(name + " does not end: " + program.said());
            if (program.process.exitValue() != 0) throw new AssertionError(name + ": " + program.said());
            return program.said();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static ProcessBuilder builder(Path log, String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(find(name)));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    }

    private static String find(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) return program.toString();
        }
        throw new AssertionError("This test needs " + name + ": .ci/run installs it.");
    }

    /** What it printed until now. */
    public String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
