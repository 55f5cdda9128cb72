package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Json;
import org.minventory.cli.Terminal;

/** What is typed is answered, or refused in one sentence that says what to do. */
class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "testify",
                "elements",
                "element",
                "known",
                "divergences",
                "serve",
                "setup",
                "demo",
                "rebuild",
                "import",
                "import-file",
                "verify",
                "bench",
                "completion",
                "version"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(type("--help").out()).contains("\n  " + command + " ");
        Terminal explained = type(command, "--help");
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).startsWith("Usage: minventory " + command).contains("--verbose");
    }

    @Test
    void theNameAloneTellsWhatCanBeAsked() {
        assertThat(type().out()).isEqualToIgnoringNewLines(type("--help").out()).contains("serve", "demo");
        assertThat(type("version").out()).startsWith("Minventory ").contains("(Java ");
    }

    @Test
    void whatIsNotUnderstoodIsSaidInOneLine() {
        Terminal misspoken = type("serve", "--prot", "1");
        assertThat(misspoken.code()).isEqualTo(2);
        assertThat(misspoken.err())
                .contains("--prot", "minventory serve --help")
                .hasLineCount(1);
    }

    @Test
    void settingsArePrintedInsteadOfCounting() {
        Terminal printed = type("serve", "--print-config", "--port", "99", "--data", folder.toString());
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).contains("port: \"99\"  # --port", "data: \"" + folder + "\"");
    }

    // ---- what is in the way of a start

    private interface Case {
        /** Puts it there, and what to type. */
        String[] arrange(Path folder) throws Exception;
    }

    private record Refused(String name, Case obstacle, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> obstacles() {
        return Stream.of(
                new Refused(
                        "no such address", folder -> serve("--address", "192.0.2.1"), "is no address of this machine"),
                new Refused(
                        "a file for a folder", CommandLineTest::aFileForAFolder, "choose another place with --data"),
                new Refused("an unwritable folder", CommandLineTest::anUnwritableFolder, "cannot write in the folder"),
                new Refused("a newer PostgreSQL", CommandLineTest::aNewerPostgres, "written by a newer Minventory"),
                new Refused("a newer schema", CommandLineTest::aNewerSchema, "made by a newer Minventory"),
                new Refused("a wrong password", CommandLineTest::aWrongPassword, "password authentication failed"),
                new Refused("nobody there", CommandLineTest::nobodyThere, "refused"),
                new Refused("no server", folder -> setup("http://127.0.0.1:1"), "Nobody answers at http://127.0.0.1:1"),
                new Refused("no address", folder -> setup("ftp://x"), "is no address of the web"),
                new Refused("no file", folder -> serve("--config", folder + "/none"), "cannot be read"));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void whatIsInTheWayIsSaidInOneSentence(Refused refused) throws Exception {
        assertRefused(type(refused.obstacle().arrange(folder)), refused.sentence());
    }

    @Test
    void aBusyPortIsSaidBeforeADatabaseIsStarted() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String command : new String[] {"serve", "demo"}) {
                Terminal said = type(
                        command,
                        "--port",
                        "" + other.getLocalPort(),
                        "--data",
                        folder.resolve("x").toString());
                assertRefused(said, "The port " + other.getLocalPort() + " is taken by another program");
            }
        }
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void whereAFailureComesFromIsForThoseWhoAsk() {
        Terminal said = type("serve", "--port", "0", "--config", folder + "/none", "--verbose");
        assertThat(said.err()).contains("NoSuchFileException", "\tat ");
        System.clearProperty("minventory.log");
        System.clearProperty("logging.level.root");
    }

    @Test
    void anInstanceIsSetUpOnceAndItsTokensAreKeptForTheirOwner() throws IOException {
        try (Story story = Story.unfounded()) {
            String url = story.server().url();
            String token = story.server().offerSetup().orElseThrow().text();
            Path file = folder.resolve("tokens.json");
            String[] wrong = {
                "setup",
                "--url",
                url,
                "--token",
                "mns_wrong",
                "--operator-name",
                "Olga",
                "--team",
                "Équipe Sud",
                "--name",
                "Claire",
                "--output",
                file.toString()
            };
            assertRefused(type(wrong), "/setupToken");
            assertThat(file).doesNotExist();

            String[] right = wrong.clone();
            right[4] = token;
            Terminal done = type(right);

            assertThat(done.code()).isZero();
            assertThat(done.out()).contains(file.toString()).doesNotContain("mnv_");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var kept = Json.ours(Files.readAllBytes(file));
            assertThat(kept.at("/team/slug").stringValue()).isEqualTo("equipe-sud");
            story.get(kept.at("/ops/token").stringValue(), "/api/v1/customers").expect(200);
            assertRefused(type(right), "exists");
            right[12] = folder.resolve("others.json").toString();
            assertRefused(type(right), "was set up before");
        }
    }

    @Test
    void anExportedRecordIsProvenWithoutAServer() throws IOException {
        Story story = Story.told();
        String name = Story.name("proven");
        for (String memory : new String[] {"64 GiB", "32 GiB"})
            story.post(
                            story.ops,
                            "/api/v1/testimonies",
                            "{'kind': 'wish', 'customer': 'acme', 'element': '" + name + "', 'facts': {'memory': '"
                                    + memory + "'}}")
                    .expect(201);
        String record = story.get(story.ops, "/api/v1/record?customer=acme").text();
        Path file = Files.writeString(folder.resolve("acme.ndjson"), record);

        Terminal holds = type("verify", file.toString());
        assertThat(holds.code()).isZero();
        String checkpoint = holds.out().lines().toList().getLast();
        assertThat(checkpoint).matches("\\d+:\\S+");
        assertThat(type("verify", file.toString(), "--checkpoint", checkpoint).code())
                .isZero();
        assertThat(type("verify", file.toString(), "--checkpoint", "1:of-another-history")
                        .code())
                .isEqualTo(1);

        List<String> lines = new ArrayList<>(record.lines().toList());
        lines.remove(2);
        Files.writeString(file, String.join("\n", lines) + "\n");
        Terminal removed = type("verify", file.toString());
        assertThat(removed.code()).isEqualTo(1);
        assertThat(removed.out()).contains("Entry 2 is missing").hasLineCount(1);
        assertRefused(type("verify", folder.resolve("none").toString()), "cannot be read");
        assertRefused(type("verify", file.toString(), "--checkpoint", "x"), "is no checkpoint");
    }

    private static void assertRefused(Terminal said, String sentence) {
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains(sentence).hasLineCount(1);
        assertThat(said.out()).isEmpty();
    }

    private static String[] aFileForAFolder(Path folder) throws IOException {
        return serve("--data", Files.writeString(folder.resolve("file"), "").toString());
    }

    /** Where even root cannot write. */
    private static String[] anUnwritableFolder(Path folder) {
        return serve("--data", "/proc/self/minventory");
    }

    private static String[] aNewerPostgres(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("pg19"));
        return serve("--data", folder.toString());
    }

    private static String[] aNewerSchema(Path folder) throws Exception {
        TestDatabase.DatabaseHandle database = TestDatabase.fresh();
        try (var connection = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().user(),
                        database.owner().password());
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into flyway_schema_history
                    select installed_rank + 1, '29991231235959', 'of days to come', type, 'V29991231235959__x.sql', 0,
                        installed_by, now(), 1, true
                    from flyway_schema_history order by installed_rank desc limit 1""");
        }
        return external(database.owner().url(), database.owner().password());
    }

    private static String[] aWrongPassword(Path folder) {
        return external(TestDatabase.fresh().owner().url(), "guessed");
    }

    private static String[] nobodyThere(Path folder) {
        return external("jdbc:postgresql://127.0.0.1:1/minventory", "any");
    }

    private static String[] external(String url, String password) {
        return serve(
                "--database-url",
                url,
                "--database-user",
                "minventory_app",
                "--database-password",
                "any",
                "--database-owner-user",
                "minventory_owner",
                "--database-owner-password",
                password);
    }

    private static String[] serve(String... options) {
        return Stream.concat(Stream.of("serve", "--port", "0"), Stream.of(options))
                .toArray(String[]::new);
    }

    private static String[] setup(String url) {
        return new String[] {"setup", "--url", url, "--token", "t", "--operator-name", "o", "--team", "t", "--name", "n"
        };
    }

    private static Terminal type(String... arguments) {
        return Terminal.type(Minventory.entrance(), arguments);
    }
}
