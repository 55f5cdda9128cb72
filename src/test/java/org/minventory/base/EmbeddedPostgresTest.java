package org.minventory.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database that comes along: it starts anywhere, keeps what it acknowledged, and says why where it cannot start. */
class EmbeddedPostgresTest {

    private static final Path PROGRAMS = Path.of("target", "test-postgres");

    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void aFolderWithASpaceInItsName() {
        folder = temporary.resolve("data of a house");
    }

    @Test
    void isTheVersionItSaysWithDurableSettings() throws SQLException {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.superuser(), "show server_version") + ".0").isEqualTo(PostgresPrograms.VERSION);
            assertThat(ask(postgres.superuser(), "show fsync")).isEqualTo("on");
            assertThat(ask(postgres.superuser(), "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres.superuser(), "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres.superuser(), "show data_checksums")).isEqualTo("on");
            assertThat(ask(
                            postgres.owner(),
                            "select datlocprovider::text || ' ' || datlocale from pg_database"
                                    + " where datname = current_database()"))
                    .isEqualTo("b C.UTF-8");
        }
    }

    @Test
    void givesTheProgramARoleThatOwnsNothing() throws SQLException {
        try (EmbeddedPostgres postgres = start()) {
            String rights = "select concat_ws(' ', rolsuper, rolbypassrls, rolcreaterole, rolcreatedb)"
                    + " from pg_roles where rolname = current_user";
            assertThat(ask(postgres.app(), rights)).isEqualTo("f f f f");
            assertThat(ask(postgres.owner(), rights)).isEqualTo("f f f f");
            assertThat(ask(
                            postgres.owner(),
                            "select pg_get_userbyid(datdba) from pg_database where datname = 'minventory'"))
                    .isEqualTo("minventory_owner");
            tell(postgres.owner(), "create table owned (words text)");
            assertThatThrownBy(() -> tell(postgres.app(), "create table unwanted (words text)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> tell(postgres.app(), "select from owned"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void lacksAnAnswerForThoseWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            var stranger = new EmbeddedPostgres.Connection(postgres.app().url(), "minventory_app", "guessed");
            assertThatThrownBy(() -> ask(stranger, "select 1")).hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("pg18.passwords")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(postgres.app().toString()).doesNotContain(postgres.app().password());
            assertThat(ask(postgres.superuser(), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres.superuser(), "show unix_socket_directories"))
                    .isEmpty();
            for (var address : addressesToTheWorld()) {
                try (Socket socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, postgres.port()), 500))
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void keepsItsDataAndPasswordsOverARestart() throws SQLException {
        EmbeddedPostgres.Connection before;
        try (EmbeddedPostgres postgres = start()) {
            before = postgres.owner();
            tell(postgres.owner(), "create table memory as select 'kept' as word");
        }
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.owner().password()).isEqualTo(before.password());
            assertThat(ask(postgres.owner(), "select word from memory")).isEqualTo("kept");
        }
    }

    @Test
    void startsAgainOnTheSamePortWhenItWasKilled() throws SQLException {
        try (EmbeddedPostgres postgres = start()) {
            tell(postgres.owner(), "create table memory as select 'acknowledged' as word");
            kill(postgres.processId());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() ->
                            ask(postgres.owner(), "select word from memory").equals("acknowledged"));
        }
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select word from memory")).isEqualTo("acknowledged");
        }
    }

    @Test
    void takesOverFromAKilledProgramWhosePostgresStillRuns() throws Exception {
        OtherProgram other = OtherProgram.start(folder);
        other.killed();
        assertThat(ProcessHandle.of(other.postgres)).as("orphan").isPresent();
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select word from memory")).isEqualTo("acknowledged");
            assertThat(postgres.processId()).isNotEqualTo(other.postgres);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ProcessHandle.of(other.postgres)
                .isEmpty());
    }

    @Test
    void recoversWhenProgramAndPostgresWereKilled() throws Exception {
        OtherProgram other = OtherProgram.start(folder);
        other.killed();
        kill(other.postgres);
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select word from memory")).isEqualTo("acknowledged");
        }
    }

    @Test
    void runsInASessionOfItsOwnSoThatTheTerminalDoesNotStopItFirst() throws Exception {
        Path stat = Path.of("/proc");
        assumeFalse(Files.notExists(stat), "only Linux tells the session of a process in a file");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(session(postgres.processId()))
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    @Test
    void refusesASecondProgramOnTheSameFolder() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Minventory (process "
                            + ProcessHandle.current().pid() + ") is using the folder " + folder);
            assertThat(OtherProgram.refused(folder)).contains("Another Minventory (process ");
            assertThat(ask(postgres.owner(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void isNotMisledByANumberThatNowBelongsToAnotherProgram() throws Exception {
        start().close();
        Files.writeString(
                folder.resolve("pg18/postmaster.pid"), ProcessHandle.current().pid() + "\n" + folder + "/pg18\n");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void makesNewPasswordsWhereTheFileWasLost() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            tell(postgres.owner(), "create table memory as select 'kept' as word");
        }
        Files.delete(folder.resolve("pg18.passwords"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select word from memory")).isEqualTo("kept");
            assertThat(ask(postgres.app(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void beginsAnewWhereAFirstStartWasCutOff() throws Exception {
        Files.createDirectories(folder.resolve("pg18.partial/base"));
        Files.writeString(folder.resolve("pg18.partial/PG_VERSION"), "18\n");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres.owner(), "select 1")).isEqualTo("1");
            assertThat(folder.resolve("pg18.partial")).doesNotExist();
        }
    }

    @Test
    void unpacksItsProgramsBesideTheDataAndClearsWhatWasCutOff() throws Exception {
        Files.createDirectories(folder.resolve("bin-" + PostgresPrograms.VERSION + ".partial-99999999/lib"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres.owner(), "select 1")).isEqualTo("1");
        }
        assertThat(folder)
                .isDirectoryContaining("glob:**/bin-" + PostgresPrograms.VERSION)
                .isDirectoryNotContaining("glob:**.partial*");
    }

    @Test
    void saysSoWhereTheFolderIsAFile() throws IOException {
        Files.writeString(folder, "not a folder");
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessage(folder + " is a file where Minventory needs a folder: choose another place with --data.");
    }

    @Test
    void saysSoWhereItCannotWrite() throws IOException {
        assumeFalse(new UnixSystem().getUid() == 0, "root can write everywhere");
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith(
                        "Minventory cannot write in the folder " + folder + " (permission denied): make it writable");
    }

    @Test
    void saysSoWhereTheFolderWasMadeByANewerVersion() throws IOException {
        Files.createDirectories(folder.resolve("pg19"));
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("was written by a newer Minventory (PostgreSQL 19, this one brings 18)");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(folder, PROGRAMS, EmbeddedPostgres.Tuning.MODEST);
    }

    private static String ask(EmbeddedPostgres.Connection who, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(who.url(), who.user(), who.password());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void tell(EmbeddedPostgres.Connection who, String command) throws SQLException {
        try (var connection = DriverManager.getConnection(who.url(), who.user(), who.password());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static void kill(long process) {
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
    }

    /** The sixth word of the process's line, counted after its name, which stands in brackets and may hold anything. */
    private static String session(long process) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[3];
    }

    private static List<java.net.InetAddress> addressesToTheWorld() throws IOException {
        List<java.net.InetAddress> addresses = new ArrayList<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .forEach(addresses::add);
        return addresses;
    }

    /** A second program in a process of its own, which can be killed as the system kills: without a word. */
    private static final class OtherProgram {

        private final Process process;
        private final long postgres;

        private OtherProgram(Process process, long postgres) {
            this.process = process;
            this.postgres = postgres;
        }

        static OtherProgram start(Path folder) throws IOException {
            Process process = run(folder);
            BufferedReader said = process.inputReader(UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("postgres ")) {
                    return new OtherProgram(process, Long.parseLong(line.substring("postgres ".length())));
                }
            }
            throw new IllegalStateException("the other program did not start");
        }

        /** What another program says that may not start. */
        static String refused(Path folder) throws Exception {
            Process process = run(folder);
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said;
        }

        private static Process run(Path folder) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Starter.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
        }

        void killed() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** What the other program does: starts, commits a row, says so and waits to be killed. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.start(Path.of(arguments[0]), PROGRAMS, EmbeddedPostgres.Tuning.MODEST);
            tell(postgres.owner(), "create table memory as select 'acknowledged' as word");
            System.out.println("postgres " + postgres.processId());
            Thread.sleep(Duration.ofMinutes(2));
        }
    }
}
