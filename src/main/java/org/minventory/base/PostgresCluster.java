package org.minventory.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data folder of PostgreSQL: made once, started, stopped. Whoever uses it holds the {@link FolderLock}, so a
 * postmaster found running here has lost the Minventory that started it.
 */
final class PostgresCluster {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    /** After a crash PostgreSQL replays its log before it answers. */
    private static final String START_SECONDS = "300";

    private static final String STOP_SECONDS = "60";
    private static final int TRIES = 20;
    private static final long PAUSE_MILLISECONDS = 250;
    private static final long LOG_BYTES_KEPT = 10L * 1024 * 1024;

    /** Only who knows a password, only from this machine. */
    private static final String WHO_MAY_CONNECT = "host all all 127.0.0.1/32 scram-sha-256\n";

    /** The empty database, for its two roles alone. */
    static final List<String> MAKING_THE_DATABASE = List.of(
            "create database " + EmbeddedPostgres.DATABASE + " owner " + EmbeddedPostgres.OWNER,
            "revoke all on database " + EmbeddedPostgres.DATABASE + " from public",
            "grant connect on database " + EmbeddedPostgres.DATABASE + " to " + EmbeddedPostgres.APP);

    private final Path folder;
    private final Path data;
    private final Path log;
    private final PostgresPrograms programs;
    private final PostgresUser user;
    private final EmbeddedPostgres.Tuning tuning;

    /** Where the data stands in a folder; another major version stands beside it. */
    static Path dataIn(Path folder) {
        return folder.resolve("pg" + PostgresPrograms.MAJOR);
    }

    PostgresCluster(Path folder, PostgresPrograms programs, PostgresUser user, EmbeddedPostgres.Tuning tuning) {
        this.folder = folder;
        this.data = dataIn(folder);
        this.log = folder.resolve(data.getFileName() + ".log");
        this.programs = programs;
        this.user = user;
        this.tuning = tuning;
    }

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /**
     * Makes the data folder with its roles and the empty database, beside its final place, and moves it there when it
     * is whole.
     */
    void create(PostgresPasswords passwords) {
        Path partial = folder.resolve(data.getFileName() + ".partial");
        try {
            PostgresPrograms.deleteRecursively(partial); // of a first start that was cut off
            try {
                initialise(partial);
                Files.writeString(partial.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
                makeRolesAndDatabase(partial);
                setPasswords(partial, passwords);
                Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
                remember(folder);
            } finally {
                PostgresPrograms.deleteRecursively(
                        partial); // a full disk needs the room; after the move there is nothing
            }
        } catch (IOException e) {
            throw new CannotStart("The data folder " + data + " could not be made (" + Reason.of(e) + ").", e);
        }
    }

    private void initialise(Path partial) throws IOException {
        Files.createDirectory(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.give(partial);
        PostgresPrograms.Outcome made = programs.run(
                "initdb",
                "--pgdata=" + partial,
                "--username=" + EmbeddedPostgres.SUPERUSER,
                "--auth=trust", // until the file with who may connect replaces it, before anything listens
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
                // a commit that begins a new file of the log waits until the file is filled: at the usual 16 MB, 50 ms
                "--wal-segsize=4",
                tuning.durable() ? "--sync-method=fsync" : "--no-sync");
        if (!made.succeeded()) {
            throw new CannotStart("PostgreSQL could not make its data folder " + data + ": " + made.reason());
        }
    }

    private void makeRolesAndDatabase(Path partial) {
        String powerless = " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls";
        List<String> statements = new ArrayList<>();
        statements.add("create role " + EmbeddedPostgres.OWNER + powerless);
        statements.add("create role " + EmbeddedPostgres.APP + powerless);
        statements.addAll(MAKING_THE_DATABASE);
        alone(partial, statements.toArray(String[]::new));
    }

    /** A new name in a folder is on the disk only when the folder is. */
    private static void remember(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives the roles these passwords while PostgreSQL is stopped: for a folder whose passwords were lost. */
    void setPasswords(PostgresPasswords passwords) {
        setPasswords(data, passwords);
    }

    private void setPasswords(Path cluster, PostgresPasswords passwords) {
        alone(
                cluster,
                "alter role " + EmbeddedPostgres.SUPERUSER + " password '" + passwords.superuser() + "'",
                "alter role " + EmbeddedPostgres.OWNER + " password '" + passwords.owner() + "'",
                "alter role " + EmbeddedPostgres.APP + " password '" + passwords.app() + "'");
    }

    /** Runs statements in PostgreSQL's single-user mode: nothing listens, nobody needs a password. */
    private void alone(Path cluster, String... statements) {
        String input = Stream.of(statements).map(line -> line + ";\n").collect(Collectors.joining());
        PostgresPrograms.Outcome done = programs.runReading(
                input,
                "postgres",
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "log_min_error_statement=panic",
                "postgres");
        if (!done.succeeded()
                || done.output().contains("ERROR:")
                || done.output().contains("FATAL:")) {
            throw new CannotStart("PostgreSQL could not prepare its data folder " + data + ": " + done.reason());
        }
    }

    /** The postmaster that runs on this folder, if one does. */
    OptionalLong running() {
        return noted().filter(this::isOurs)
                .map(process -> OptionalLong.of(process.pid()))
                .orElse(OptionalLong.empty());
    }

    /** The living process whose number PostgreSQL's own note bears, whatever process that is by now. */
    private Optional<ProcessHandle> noted() {
        try {
            String number = Files.readAllLines(note()).getFirst();
            return ProcessHandle.of(Long.parseLong(number.strip()));
        } catch (IOException | RuntimeException noneOrHalfWritten) {
            return Optional.empty();
        }
    }

    private Path note() {
        return data.resolve("postmaster.pid");
    }

    /**
     * Only a postmaster that works in our folder. A dead one that nobody has buried yet has no folder any more; a number
     * that came round again (soonest in containers) is a program that works elsewhere.
     */
    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.isSameFile(
                    Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath(), data);
        } catch (IOException noSuchFileSystemOrNotForUs) {
            return process.info()
                    .commandLine()
                    .filter(line -> line.contains(data.toString()))
                    .isPresent();
        }
    }

    /**
     * Clears the way for a start: stops a postmaster left here by a Minventory that was killed. Where the note bears the
     * number of a process that is not ours, PostgreSQL would take it for a rival and refuse to start.
     */
    void stopOrphan() {
        Optional<ProcessHandle> process = noted();
        if (process.isEmpty()) {
            return;
        }
        if (isOurs(process.get())) {
            LOG.info(
                    "Stopping PostgreSQL (process {}), which a killed Minventory left behind",
                    process.get().pid());
            stop();
        } else {
            correctNote();
        }
    }

    /**
     * Puts a number into the note that no process has. The note stays, because PostgreSQL also reads in it which shared
     * memory to look for, and so does not start while a session of its killed predecessor is still at work.
     */
    private void correctNote() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(note()));
            lines.set(0, Integer.toString(Integer.MAX_VALUE));
            Files.write(note(), lines);
        } catch (IOException e) {
            throw new CannotStart("The stale note " + note() + " cannot be corrected (" + Reason.of(e) + ").", e);
        }
    }

    /** Starts on a free port of the loopback address and returns that port when PostgreSQL answers. */
    int start() {
        for (int tries = 1; ; tries++) {
            int port = freePort();
            Optional<String> complaint = tryStart(port);
            if (complaint.isEmpty()) {
                return port;
            }
            giveUpOrWait(tries, complaint.get());
        }
    }

    /** Starts again where it was, so that those who know the port find it. */
    void start(int port) {
        for (int tries = 1; ; tries++) {
            Optional<String> complaint = tryStart(port);
            if (complaint.isEmpty()) {
                return;
            }
            giveUpOrWait(tries, complaint.get());
        }
    }

    /** Two things pass by themselves: another program on the port, and the last processes of a killed postmaster. */
    private void giveUpOrWait(int tries, String complaint) {
        boolean passes = complaint.contains("Address already in use") || complaint.contains("still in use");
        if (!passes || tries == TRIES) {
            throw new CannotStart("PostgreSQL did not start in " + data + ": "
                    + PostgresPrograms.lastComplaint(complaint) + " (its log is " + log + ").");
        }
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while starting PostgreSQL.", e);
        }
    }

    private Optional<String> tryStart(int port) {
        try {
            long before = readyLog();
            PostgresPrograms.Outcome outcome = programs.run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-t",
                    START_SECONDS,
                    "-D",
                    data.toString(),
                    "-l",
                    log.toString(),
                    "-o",
                    options(port));
            if (outcome.succeeded()) {
                return Optional.empty();
            }
            byte[] said = Files.readAllBytes(log);
            String complaint = new String(said, (int) before, said.length - (int) before, StandardCharsets.UTF_8);
            return Optional.of(complaint.isBlank() ? outcome.output() : complaint);
        } catch (IOException e) {
            throw new CannotStart("PostgreSQL's log " + log + " cannot be written (" + Reason.of(e) + ").", e);
        }
    }

    /** The log's length before this start; a log that grew large is begun anew, the former one kept beside it. */
    private long readyLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".old"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            user.give(log);
        }
        return Files.size(log);
    }

    /** Stops in order: sessions are ended, everything is written down. Where that hangs, the write-ahead log mends. */
    void stop() {
        PostgresPrograms.Outcome stopped =
                programs.run("pg_ctl", "stop", "-w", "-t", STOP_SECONDS, "-m", "fast", "-D", data.toString());
        if (!stopped.succeeded() && running().isPresent()) {
            LOG.warn("PostgreSQL did not stop within {} s, ending it at once: {}", STOP_SECONDS, stopped.reason());
            programs.run("pg_ctl", "stop", "-w", "-t", STOP_SECONDS, "-m", "immediate", "-D", data.toString());
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart("No free port on the loopback address 127.0.0.1 (" + Reason.of(e) + ").", e);
        }
    }

    /** On the command line, where no file in the folder can weaken them. */
    private String options(int port) {
        SequencedMap<String, String> settings = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "port", Integer.toString(port),
                "unix_socket_directories", "",
                "password_encryption", "scram-sha-256",
                "timezone", "UTC"));
        settings.putAll(tuning.settings());
        // What people's data say has no place in a log: no statements, no details of rows.
        settings.putAll(Map.of(
                "log_timezone", "UTC",
                "log_min_messages", "warning",
                "log_checkpoints", "off",
                "log_min_error_statement", "panic",
                "log_error_verbosity", "terse"));
        return settings.entrySet().stream()
                .flatMap(setting -> List.of("-c", setting.getKey() + "='" + setting.getValue() + "'").stream())
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "PostgreSQL in " + data;
    }
}
