package org.minventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.minventory.base.EmbeddedPostgres;
import org.minventory.base.Schema;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One PostgreSQL for all tests of this JVM, and in it a database of its own for whoever asks: a copy of one that was
 * migrated once. Nothing is kept: without fsync, thrown away at the end.
 */
public final class TestDatabase {

    private static final Path FOLDERS = Path.of("target", "test-pg");
    private static final Path PROGRAMS = Path.of("target", "test-postgres");
    private static final EmbeddedPostgres.Tuning FAST = new EmbeddedPostgres.Tuning(128, 200, false);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /** A database of one's own: the three ways in, and the way to be rid of it. */
    public record DatabaseHandle(
            String name,
            EmbeddedPostgres.Connection owner,
            EmbeddedPostgres.Connection app,
            EmbeddedPostgres.Connection superuser)
            implements AutoCloseable {

        /** All that is in it, as nobody sees it who is not its superuser. */
        public JdbcClient everything() {
            return JdbcClient.create(
                    new DriverManagerDataSource(superuser.url(), superuser.user(), superuser.password()));
        }

        /** Ends all sessions in it and drops it. */
        @Override
        public void close() {
            tell("drop database " + name + " with (force)");
        }
    }

    /** A new database with the schema of now and not one row of anybody else's test. */
    public static DatabaseHandle fresh() {
        String name = "test_" + COUNT.incrementAndGet();
        tell("create database " + name + " template minventory owner minventory_owner");
        // A copy takes everything along but the rights on the database itself.
        tell("revoke all on database " + name + " from public");
        tell("grant connect on database " + name + " to minventory_app");
        EmbeddedPostgres server = Server.RUNNING;
        return new DatabaseHandle(name, in(name, server.owner()), in(name, server.app()), in(name, server.superuser()));
    }

    private static EmbeddedPostgres.Connection in(String database, EmbeddedPostgres.Connection connection) {
        String url = connection.url().substring(0, connection.url().lastIndexOf('/') + 1) + database;
        return new EmbeddedPostgres.Connection(url, connection.user(), connection.password());
    }

    /** Runs when this JVM ends, before PostgreSQL is stopped: for what stands on it until then. */
    public static void beforeItEnds(Runnable work) {
        Server.BEFORE_THE_END.add(work);
    }

    private static void tell(String command) {
        EmbeddedPostgres.Connection superuser = Server.RUNNING.superuser();
        try (Connection connection =
                        DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(command, e);
        }
    }

    /** Started by the first test that needs it; its folder bears the number of the process it lives for. */
    private static final class Server {

        private static final List<Runnable> BEFORE_THE_END = new CopyOnWriteArrayList<>();
        private static final EmbeddedPostgres RUNNING = start();

        private Server() {}

        private static EmbeddedPostgres start() {
            try {
                Files.createDirectories(FOLDERS);
                clearWhatKilledTestsLeft();
                Path folder =
                        FOLDERS.resolve(Long.toString(ProcessHandle.current().pid()));
                EmbeddedPostgres server = EmbeddedPostgres.start(folder, PROGRAMS, FAST);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    BEFORE_THE_END.forEach(Runnable::run);
                    server.close();
                    delete(folder);
                }));
                Schema.migrate(server.owner(), server.app().user());
                return server;
            } catch (IOException e) {
                throw new IllegalStateException("the folder of the tests' database", e);
            }
        }

        private static void clearWhatKilledTestsLeft() throws IOException {
            List<Path> folders;
            try (Stream<Path> children = Files.list(FOLDERS)) {
                folders = children.toList();
            }
            for (Path folder : folders) {
                String process = folder.getFileName().toString();
                boolean alive = ProcessHandle.of(Long.parseLong(process)).isPresent()
                        && !process.equals(Long.toString(ProcessHandle.current().pid()));
                if (!alive) {
                    endPostgresOf(folder);
                    delete(folder);
                }
            }
        }

        private static void endPostgresOf(Path folder) throws IOException {
            Path note = folder.resolve("pg18", "postmaster.pid");
            if (Files.exists(note)) {
                ProcessHandle.of(Long.parseLong(Files.readAllLines(note).getFirst()))
                        .filter(process -> process.info()
                                .commandLine()
                                .filter(line ->
                                        line.contains(folder.toAbsolutePath().toString()))
                                .isPresent())
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> everything = Files.walk(folder)) {
                for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new IllegalStateException("the folder of the tests' database stays: " + folder, e);
            }
        }
    }
}
