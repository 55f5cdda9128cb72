package org.minventory.base;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that Minventory brings along, so that one command is enough to begin. A real server with durable
 * settings: what it acknowledged is on the disk.
 *
 * <p>In the data folder {@code DIR}: {@code pg18} the data, {@code pg18.log} what PostgreSQL complained of,
 * {@code pg18.passwords} the passwords (0600), {@code bin-…} its programs, {@code minventory.lock} the lock. It runs in
 * a process session of its own, so that Ctrl-C in the terminal reaches Minventory, which then stops it last; one that
 * a killed Minventory left behind is stopped and started again; one that died is started again on the same port.
 *
 * <p>Whoever starts it closes it, after everything that uses it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String OWNER = "minventory_owner";
    static final String APP = "minventory_app";
    static final String DATABASE = "minventory";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Pattern DATA_FOLDER = Pattern.compile("pg(\\d+)");
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final FolderLock lock;
    private final PostgresCluster cluster;
    private final PostgresPasswords passwords;
    private final int port;
    private final Thread watch;
    private volatile long process;
    private boolean closed;

    private EmbeddedPostgres(
            FolderLock lock, PostgresCluster cluster, PostgresPasswords passwords, int port, long process) {
        this.lock = lock;
        this.cluster = cluster;
        this.passwords = passwords;
        this.port = port;
        this.process = process;
        this.watch = Thread.ofPlatform().name("postgres-watch").daemon().unstarted(this::watch);
    }

    /**
     * How one connects.
     *
     * @param url JDBC, without credentials
     */
    public record Connection(String url, String user, String password) {

        /** Without the password, which has no place in a log. */
        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    /**
     * How much PostgreSQL may take.
     *
     * @param sharedBuffersMegabytes memory for cached pages; the rest of the machine's memory caches too
     * @param maxConnections at once, all roles together
     * @param durable whether what is acknowledged is on the disk; false only for tests that throw the data away
     */
    public record Tuning(int sharedBuffersMegabytes, int maxConnections, boolean durable) {

        /** Fits a machine of 512 MB with the program beside it. */
        public static final Tuning MODEST = new Tuning(64, 40, true);

        Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>(Map.of(
                    "shared_buffers",
                    sharedBuffersMegabytes + "MB",
                    "max_connections",
                    Integer.toString(maxConnections),
                    "fsync",
                    durable ? "on" : "off",
                    "full_page_writes",
                    durable ? "on" : "off",
                    "synchronous_commit",
                    durable ? "on" : "off",
                    // Small answers, few processors: no compilation of queries, few processes beside the sessions.
                    "jit",
                    "off",
                    "io_method",
                    "sync",
                    "max_worker_processes",
                    "4",
                    "max_parallel_workers",
                    "2",
                    "autovacuum_worker_slots",
                    "2"));
            settings.put("autovacuum_max_workers", "2");
            settings.put("max_wal_senders", "0");
            settings.put("max_logical_replication_workers", "0");
            settings.put("max_wal_size", "512MB");
            return settings;
        }
    }

    /**
     * Starts PostgreSQL on a data folder with modest settings, making the folder where it is not there.
     *
     * @throws CannotStart with the sentence to show, where that is not possible
     */
    public static EmbeddedPostgres start(Path dir) {
        return start(dir, dir, Tuning.MODEST);
    }

    /**
     * Starts PostgreSQL on a data folder.
     *
     * @param programs where PostgreSQL's programs are unpacked (60 MB); several data folders may share one
     * @throws CannotStart with the sentence to show, where that is not possible
     */
    public static EmbeddedPostgres start(Path dir, Path programs, Tuning tuning) {
        Path folder = writable(dir);
        FolderLock lock = FolderLock.take(folder);
        try {
            refuseNewer(folder);
            EmbeddedPostgres started = start(folder, programs.toAbsolutePath().normalize(), tuning, lock);
            started.watch.start();
            return started;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(Path folder, Path programsParent, Tuning tuning, FolderLock lock) {
        Path data = PostgresCluster.dataIn(folder);
        PostgresUser user = PostgresUser.of(folder, data);
        PostgresPrograms programs = PostgresPrograms.unpack(programsParent, user);
        PostgresCluster cluster = new PostgresCluster(folder, programs, user, tuning);
        cluster.stopOrphan();
        Path passwordsFile = folder.resolve(data.getFileName() + ".passwords");
        PostgresPasswords passwords = prepare(cluster, passwordsFile);
        for (Path own : List.of(passwordsFile, folder.resolve(FolderLock.NAME))) {
            leave(user, folder, own);
        }
        int port = cluster.start();
        long process = cluster.running()
                .orElseThrow(() -> new CannotStart("PostgreSQL stopped as soon as it had started in " + data + "."));
        LOG.info("PostgreSQL {} answers on port {} (process {})", PostgresPrograms.VERSION, port, process);
        return new EmbeddedPostgres(lock, cluster, passwords, port, process);
    }

    private static void leave(PostgresUser user, Path folder, Path file) {
        try {
            user.leaveToOwner(folder, file);
        } catch (IOException e) {
            LOG.warn("{} stays with root: only root can start Minventory in this folder again", file, e);
        }
    }

    /** The passwords are written before they are set: a crash between the two only means setting them again. */
    private static PostgresPasswords prepare(PostgresCluster cluster, Path file) {
        try {
            Optional<PostgresPasswords> known = PostgresPasswords.read(file);
            PostgresPasswords passwords = known.orElseGet(PostgresPasswords::random);
            if (!cluster.exists()) {
                passwords.write(file);
                cluster.create(passwords);
            } else if (known.isEmpty()) {
                LOG.warn("The passwords of the embedded database were lost; it gets new ones");
                cluster.setPasswords(passwords);
                passwords.write(file);
            }
            return passwords;
        } catch (IOException e) {
            throw new CannotStart("The file " + file + " cannot be used (" + Reason.of(e) + ").", e);
        }
    }

    private static Path writable(Path dir) {
        Path folder = dir.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            }
            Path trial = Files.createTempFile(folder, "minventory", ".trial");
            Files.delete(trial);
            return folder.toRealPath();
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart(
                    folder + " is a file where Minventory needs a folder: choose another place with --data.", e);
        } catch (IOException e) {
            throw new CannotStart(
                    "Minventory cannot write in the folder " + folder + " (" + Reason.of(e)
                            + "): make it writable for the user who starts Minventory, or choose another with --data.",
                    e);
        }
    }

    private static void refuseNewer(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            children.map(child -> DATA_FOLDER.matcher(child.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .filter(major -> Integer.parseInt(major) > PostgresPrograms.MAJOR)
                    .findAny()
                    .ifPresent(major -> {
                        throw new CannotStart("The folder " + folder + " was written by a newer Minventory (PostgreSQL "
                                + major + ", this one brings " + PostgresPrograms.MAJOR
                                + "): start the newer one, or choose another folder with --data.");
                    });
        } catch (IOException e) {
            throw new CannotStart("The folder " + folder + " cannot be read (" + Reason.of(e) + ").", e);
        }
    }

    /** The role that owns the database: for migrations alone. */
    public Connection owner() {
        return new Connection(url(DATABASE), OWNER, passwords.owner());
    }

    /** The role of the running program: owns nothing, is bound by row-level security. */
    public Connection app() {
        return new Connection(url(DATABASE), APP, passwords.app());
    }

    /** The role that may do everything: for making databases in tests, and for backups. */
    public Connection superuser() {
        return new Connection(url(SUPERUSER), SUPERUSER, passwords.superuser());
    }

    /** Throws the database away with all that it holds and makes an empty one: for a demo whose story was cut off. */
    public void empty() {
        try (var connection = DriverManager.getConnection(url(SUPERUSER), SUPERUSER, passwords.superuser());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + DATABASE + " with (force)");
            for (String command : PostgresCluster.MAKING_THE_DATABASE) statement.execute(command);
        } catch (SQLException failed) {
            throw new CannotStart("The database could not be emptied: " + failed.getMessage(), failed);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The port on the loopback address. */
    public int port() {
        return port;
    }

    /** The postmaster's process. */
    public long processId() {
        return process;
    }

    /** A postmaster that was killed is started again where it was; clients see broken connections for a moment. */
    private void watch() {
        try {
            while (!isClosed()) {
                Thread.sleep(LOOK_EVERY);
                if (cluster.running().isEmpty() && !revive()) {
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean revive() {
        if (closed) {
            return true; // what looked like a death was the closing
        }
        LOG.warn("PostgreSQL (process {}) is gone; starting it again", process);
        try {
            cluster.stopOrphan();
            cluster.start(port);
            process = cluster.running().orElse(process);
            LOG.info("PostgreSQL answers again on port {} (process {})", port, process);
            return true;
        } catch (CannotStart e) {
            LOG.error("PostgreSQL could not be started again", e);
            return false;
        }
    }

    /** Stops PostgreSQL in order and gives the folder back; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.interrupt();
        try {
            cluster.stop();
        } finally {
            lock.close();
        }
    }
}
