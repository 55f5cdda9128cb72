package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other programs of the machine that the bench measures beside: run to their end, or stopped when that takes too long. */
final class BenchProgram {
    private BenchProgram() {}

    /**
     * What a program did.
     *
     * @param millis from its start to its end
     */
    record Ran(int exit, String said, double millis) {
        String orThrow() {
            if (exit != 0) throw new Unanswered(last(said), null);
            return said;
        }

        private static String last(String said) {
            List<String> lines = said.strip().lines().toList();
            return lines.isEmpty()
                    ? "a program failed without a word"
                    : String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        }
    }

    /** Where a program of that name is on the PATH. */
    static Optional<Path> find(Map<String, String> environment, String name) {
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it; what it says goes to a file, so that nothing it says can hold it up. */
    static Process start(List<String> command, Map<String, String> environment, Path says) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(says.toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException failed) {
            throw new Unanswered("The program " + command.getFirst() + " cannot be started.", failed);
        }
    }

    /** Waits for its end. */
    static Ran end(Process process, Path says, long begun, int seconds) {
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            double millis = (System.nanoTime() - begun) / 1e6;
            if (!ended) process.destroyForcibly().waitFor();
            String said = Files.readString(says, StandardCharsets.UTF_8);
            return ended
                    ? new Ran(process.exitValue(), said, millis)
                    : new Ran(-1, "stopped after " + seconds + " s", millis);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Unanswered("The bench was stopped.", stopped);
        }
    }

    /** Runs it to its end. */
    static Ran run(List<String> command, Map<String, String> environment, Path folder, int seconds) {
        try {
            Path says = Files.createTempFile(folder, "says", ".txt");
            long begun = System.nanoTime();
            return end(start(command, environment, says), says, begun, seconds);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
