package org.minventory.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.base.EmbeddedPostgres;

/** A {@code minventory serve} in a process of its own, with the Java and the options that run this one. */
final class BenchServer implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern SETUP = Pattern.compile("mns_[0-9A-Za-z]{49}");
    private static final int START_SECONDS = 120;

    private final Process process;
    private final Path data;
    private final Path says;
    private final double startMillis;
    private int port;

    private BenchServer(Process process, Path data, Path says, long begun) {
        this.process = process;
        this.data = data;
        this.says = says;
        try {
            this.startMillis = awaitReady(begun);
        } catch (RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Over the database of the bench, with further options. */
    static BenchServer over(EmbeddedPostgres postgres, Path folder, List<String> more) {
        List<String> options = new ArrayList<>(more);
        options.addAll(List.of(
                "--database-url",
                postgres.app().url(),
                "--database-user",
                postgres.app().user(),
                "--database-owner-user",
                postgres.owner().user()));
        Map<String, String> secrets = Map.of(
                "MINVENTORY_DATABASE_PASSWORD", postgres.app().password(),
                "MINVENTORY_DATABASE_OWNER_PASSWORD", postgres.owner().password());
        return start(options, secrets, folder.resolve("data"), folder);
    }

    /** With the embedded database of its own, as anybody starts it. */
    static BenchServer alone(Path data, Path folder, Map<String, String> environment) {
        return start(List.of("--data", data.toString()), environment, data, folder);
    }

    private static BenchServer start(List<String> options, Map<String, String> environment, Path data, Path folder) {
        List<String> command = new ArrayList<>(java());
        command.addAll(program());
        command.addAll(List.of("serve", "--port", "0"));
        command.addAll(options);
        try {
            Path says = Files.createTempFile(folder, "server", ".txt");
            long begun = System.nanoTime();
            return new BenchServer(BenchProgram.start(command, environment, says), data, says, begun);
        } catch (IOException failed) {
            throw new Unanswered("The bench cannot write in " + folder + ".", failed);
        }
    }

    private static List<String> java() {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .forEach(java::add);
        return java;
    }

    /** The packaged program is one jar that starts itself; a developer's is a path of classes. */
    private static List<String> program() {
        String path = System.getProperty("java.class.path", "");
        boolean packaged = path.endsWith(".jar") && !path.contains(":");
        return packaged ? List.of("-jar", path) : List.of("-cp", path, "org.minventory.Minventory");
    }

    private double awaitReady(long begun) {
        long end = begun + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (port == 0) port = find(URL, 1).map(Integer::parseInt).orElse(0);
            if (port != 0 && isReady()) return (System.nanoTime() - begun) / 1e6;
            pause(5);
        }
        throw new Unanswered("The server of the bench did not start: " + said().strip(), null);
    }

    private boolean isReady() {
        try (BenchHttp http = new BenchHttp(port)) {
            return http.send(BenchHttp.get("/health/ready", null, ""), false).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Optional<String> find(Pattern pattern, int group) {
        Matcher found = pattern.matcher(said());
        return found.find() ? Optional.of(found.group(group)) : Optional.empty();
    }

    private String said() {
        try {
            return Files.readString(says, StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /**
     * What a first visitor proves itself with.
     *
     * @throws Unanswered where somebody set it up before
     */
    String setupToken() {
        for (int tries = 0; tries < 100; tries++) {
            Optional<String> token = find(SETUP, 0);
            if (token.isPresent()) return token.get();
            pause(20);
        }
        throw new Unanswered("The server of the bench offers no setup.", null);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The process id of its PostgreSQL, as that noted it. */
    long postmaster() {
        try {
            Path noted = data.resolve("pg18").resolve("postmaster.pid");
            return Long.parseLong(Files.readAllLines(noted).getFirst().strip());
        } catch (IOException | RuntimeException gone) {
            throw new Unanswered("PostgreSQL has noted no process.", gone);
        }
    }

    /** From the start of its process to its first answer 200. */
    double startMillis() {
        return startMillis;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unanswered("The bench was stopped.", stopped);
        }
    }

    /** Ends it as Ctrl-C does, so that its database is stopped in order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
