package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres;

/**
 * The bench's PostgreSQL seen from beside the program: psql and pgbench of the machine. Passwords travel in the
 * environment, where no list of processes shows them.
 */
final class BenchDatabase {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^.*(?:ERROR|FATAL|aborted).*$");
    private static final int PATIENCE_SECONDS = 120;

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final String psql;
    private final String pgbench;

    BenchDatabase(EmbeddedPostgres postgres, Path folder, Map<String, String> environment) {
        this.postgres = postgres;
        this.folder = folder;
        this.psql = needed(environment, "psql");
        this.pgbench = needed(environment, "pgbench");
    }

    /** @throws CannotStart in one sentence, where the machine has no such program */
    static String needed(Map<String, String> environment, String name) {
        return BenchProgram.find(environment, name)
                .orElseThrow(
                        () -> new CannotStart(
                                "The bench measures beside PostgreSQL's own " + name
                                        + ", which is not on the PATH: install it (Debian: apt install postgresql-client postgresql-contrib)."))
                .toString();
    }

    Path folder() {
        return folder;
    }

    private Map<String, String> as(EmbeddedPostgres.Connection role) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", Integer.toString(postgres.port()));
        environment.put("PGDATABASE", "minventory");
        environment.put("PGUSER", role.user());
        environment.put("PGPASSWORD", role.password());
        environment.put("PGOPTIONS", "");
        return environment;
    }

    /** Runs statements as the superuser, each for itself; gives what they print, columns apart by tabs. */
    String ask(String sql) {
        try {
            Path script = Files.createTempFile(folder, "ask", ".sql");
            Files.writeString(script, sql);
            return BenchProgram.run(
                            List.of(
                                    psql,
                                    "-X",
                                    "-q",
                                    "-A",
                                    "-t",
                                    "-F",
                                    "\t",
                                    "-v",
                                    "ON_ERROR_STOP=1",
                                    "-f",
                                    script.toString()),
                            as(postgres.superuser()),
                            folder,
                            PATIENCE_SECONDS)
                    .orThrow()
                    .strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A script of pgbench, and the variables it begins with. */
    record Script(Path file, Map<String, String> variables) {}

    /** Writes a script down. */
    Script script(String name, String text, Map<String, String> variables) {
        try {
            Path file = folder.resolve(name + ".pgbench");
            Files.writeString(file, text);
            return new Script(file, variables);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs each script in a pgbench of its own, all at once, and gives how often they were run through in a second. */
    double pgbench(List<Script> scripts, int connections, int seconds) {
        try {
            List<Process> processes = new ArrayList<>();
            List<Path> says = new ArrayList<>();
            long begun = System.nanoTime();
            for (Script script : scripts) {
                Path said = Files.createTempFile(folder, "pgbench", ".txt");
                says.add(said);
                processes.add(BenchProgram.start(command(script, connections, seconds), as(postgres.app()), said));
            }
            double rate = 0;
            for (int i = 0; i < processes.size(); i++)
                rate += rate(BenchProgram.end(processes.get(i), says.get(i), begun, seconds + PATIENCE_SECONDS));
            return rate;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> command(Script script, int connections, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                pgbench,
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(connections),
                "-j",
                Integer.toString(Math.min(2, connections)),
                "-T",
                Integer.toString(seconds),
                "-f",
                script.file().toString()));
        script.variables().forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        return command;
    }

    private static double rate(BenchProgram.Ran ran) {
        Matcher failed = FAILED.matcher(ran.said());
        if (failed.find()) throw new Unanswered("pgbench: " + failed.group().strip(), null);
        Matcher rate = RATE.matcher(ran.orThrow());
        if (!rate.find()) throw new Unanswered("pgbench told no rate", null);
        return Double.parseDouble(rate.group(1));
    }
}
