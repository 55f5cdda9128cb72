package org.minventory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.element.EndOfSupport;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;
import org.minventory.notification.channel.Target;
import picocli.CommandLine;

/** Every setting can be said in three ways, and the nearest to the person counts. */
class SettingsTest {
    private static final Path USUAL = Path.of("/usual");

    @TempDir
    Path folder;

    private Path file;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aFile() {
        file = folder.resolve("minventory.yaml");
    }

    @Test
    void whatNobodySaysIsUsual() {
        assertThat(settings())
                .isEqualTo(new Settings(
                        "127.0.0.1",
                        8080,
                        USUAL,
                        null,
                        EndOfSupport.shipped(),
                        Outward.USUAL,
                        USUAL.resolve("master.key")));
    }

    @Test
    void anOptionWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Files.writeString(file, "port: 1001\naddress: 0.0.0.0\ndata: /of/the/file\nallow-target: [a:1, 'b:2']\n");
        environment.put("MINVENTORY_PORT", "1002");
        environment.put("MINVENTORY_ADDRESS", "::1");

        Settings settings = settings("--config", file.toString(), "--port", "1003");

        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.address()).isEqualTo("::1");
        assertThat(settings.data()).isEqualTo(Path.of("/of/the/file"));
        assertThat(settings.outward().allowed()).containsExactly(new Target("a", 1), new Target("b", 2));
    }

    @Test
    void theEnvironmentMayNameTheFileAndSeveralTargets() throws IOException {
        Files.writeString(file, "port: 1001\n");
        environment.put("MINVENTORY_CONFIG", file.toString());
        environment.put("MINVENTORY_ALLOW_TARGET", "hooks.internal:8080, [FD00::2]:80");

        assertThat(settings().port()).isEqualTo(1001);
        assertThat(settings().outward().allowed())
                .containsExactly(new Target("hooks.internal", 8080), new Target("fd00::2", 80));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingIsAnOptionAVariableAndALine(Setting setting) throws IOException {
        String value = setting == Setting.ALLOW_TARGET ? "[\"h:1\"]" : "text";
        Files.writeString(file, setting.word() + ": " + value + "\n");
        assertThat(layers("--config", file.toString()).find(setting)).isPresent();
        environment.put(setting.variable(), "text");
        assertThat(layers().find(setting).orElseThrow().source()).isEqualTo(setting.variable());
        Layers.Found typed =
                layers("--" + setting.word(), "typed").find(setting).orElseThrow();
        assertThat(typed).isEqualTo(new Layers.Found(List.of("typed"), "--" + setting.word()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: [1            | is no YAML at line",
                "- port              | has to hold one setting a line",
                "prot: 1             | sets prot, which nobody knows: the settings are address, port,",
                "port: {a: 1}        | gives port a value that is neither",
                "port: abc           | abc is no port",
                "port: 70000         | 70000 is no port",
                "allow-target: x     | x is no target",
                "database-url: mysql://h/d | mysql://h/d is no address of a PostgreSQL",
                "database-url: postgresql://u@h/d | also needs the role that owns it",
                "database-url: jdbc:postgresql://h/d\\ndatabase-owner-user: o | needs two roles",
                "mail-from: m@example.org | --mail-from says how mail is sent, and nothing says where",
                "mail-security: tls  | --mail-security says how mail is sent, and nothing says where",
                "mail-host: m        | Mail needs somebody it comes from: give an address with --mail-from",
                "mail-host: m\\nmail-from: Me <m@example.org> | Me <m@example.org> is no mail address",
                "mail-host: m\\nmail-from: m@example.org\\nmail-user: u | the password is missing",
                "mail-host: m\\nmail-from: m@example.org\\nmail-password: p | name the user with --mail-user",
                "mail-host: m\\nmail-from: m@example.org\\nmail-security: ssl | ssl is no way to keep mail private",
                "mail-host: m\\nmail-from: m@example.org\\nmail-port: 0 | m and 0 are no mail server",
                "mail-host: m/x\\nmail-from: m@example.org | m/x and 587 are no mail server",
                "mail-host: m\\nmail-from: m@example.org\\nmail-security: none\\nmail-user: u\\nmail-password: p | everybody to read",
            })
    void aFileThatDoesNotFitIsRefusedInOneSentence(String lines, String sentence) throws IOException {
        Files.writeString(file, lines.replace("\\n", "\n"));
        assertThatThrownBy(() -> settings("--config", file.toString()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> settings("--config", file.toString()))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The configuration file " + file + " cannot be read: check its name and its rights.");
    }

    @Test
    void daysAtWhichSupportEndsAreReadFromAFileBeforeAnythingStarts() throws IOException {
        Path days = folder.resolve("days.yaml");
        Files.writeString(days, "debian:\n  ends: {\"12\": 2033-06-30}\n");
        EndOfSupport own = settings("--end-of-support", days.toString()).endOfSupport();
        assertThat(Objects.requireNonNull(own.of(EndOfSupport.Sort.OPERATING_SYSTEM, "Debian", "12.4"))
                        .on())
                .isEqualTo("2033-06-30");
        Files.writeString(days, "debian:\n  ends: {\"12\": soon}\n");
        environment.put("MINVENTORY_END_OF_SUPPORT", days.toString());
        assertThatThrownBy(() -> settings())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(days + ", does not fit at line 2: “soon” is not a date");
        assertThatThrownBy(() ->
                        settings("--end-of-support", folder.resolve("none").toString()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be read: check its name and its rights");
    }

    @Test
    void anExternalDatabaseHasTwoRoles() {
        environment.put("MINVENTORY_DATABASE_PASSWORD", "of the app");
        Settings settings = settings(
                "--database-url",
                "postgresql://app:typed@db.internal:5433/inventory?sslmode=require",
                "--database-owner-user",
                "owner",
                "--database-owner-password",
                "of the owner");

        String url = "jdbc:postgresql://db.internal:5433/inventory?sslmode=require";
        assertThat(Objects.requireNonNull(settings.external()).app())
                .isEqualTo(new Connection(url, "app", "of the app"));
        assertThat(settings.external().owner()).isEqualTo(new Connection(url, "owner", "of the owner"));
    }

    @Test
    void whatIsPrintedHoldsNoSecretAndCanBeReadAgain() throws IOException {
        environment.put("MINVENTORY_DATABASE_OWNER_PASSWORD", "hidden-1");
        String[] typed = {
            "--database-url",
            "postgresql://app:hidden-2@h/d",
            "--database-owner-user",
            "owner",
            "--database-password",
            "hidden-3",
            "--allow-target",
            "h:1",
            "--allow-target",
            "i:2",
            "--mail-host",
            "mail.example.org",
            "--mail-from",
            "m@example.org",
            "--mail-user",
            "minventory",
            "--mail-password",
            "hidden-4",
            "--public-url",
            "https://minventory.example.org",
            "--port",
            "99"
        };
        String printed = Settings.print(layers(typed), settings(typed));

        assertThat(printed)
                .contains(
                        "port: \"99\"  # --port",
                        "# database-owner-password: set by MINVENTORY_DATABASE_OWNER_PASSWORD",
                        "master-key-file: \"/usual/master.key\"  # by default",
                        "mail-port: \"587\"  # by default",
                        "mail-security: \"starttls\"  # by default",
                        "# mail-password: set by --mail-password")
                .doesNotContain("hidden");
        Files.writeString(file, printed.replace("app:…@", "app@"));
        environment.put("MINVENTORY_MAIL_PASSWORD", "hidden-4");
        assertThat(settings("--config", file.toString()).outward().allowed()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://minventory.example.org, https://minventory.example.org",
        "https://minventory.example.org/, https://minventory.example.org",
        "https://minventory.example.org:8443, https://minventory.example.org:8443",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:8080/, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080",
    })
    void whereWeAreReachedIsSaidOnce(String told, String url) {
        assertThat(settings("--public-url", told).outward().publicUrl()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minventory.example.org",
                "http://minventory.example.org",
                "http://127.0.0.1.example.org",
                "ftp://minventory.example.org",
                "https://",
                "https:///x",
                "https://me:hidden@minventory.example.org",
                "https://minventory.example.org/sub",
                "https://minventory.example.org?x=1",
                "https://minventory.example.org#x",
                "https://mine and yours.example.org",
            })
    void whereNobodyIsReachedIsRefused(String told) {
        assertThatThrownBy(() -> settings("--public-url", told))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be given to people")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void aMailServerIsNamedWithWhatIsUsual() {
        MailServer usual = mail("--mail-host", "Mail.Example.org", "--mail-from", "minventory@épicerie.example");
        assertThat(usual)
                .isEqualTo(new MailServer(
                        "mail.example.org", 587, Security.STARTTLS, null, null, "minventory@xn--picerie-9xa.example"));
        assertThat(mail("--mail-host", "m", "--mail-from", "m@example.org", "--mail-security", "tls")
                        .port())
                .isEqualTo(465);
        assertThat(mail("--mail-host", "fd00::2", "--mail-from", "m@example.org", "--mail-security", "none"))
                .isEqualTo(new MailServer("fd00::2", 25, Security.NONE, null, null, "m@example.org"));
    }

    @Test
    void aMailServerIsNamedWithEverything() {
        environment.put("MINVENTORY_MAIL_PASSWORD", "hidden");
        MailServer server = mail(
                "--mail-host",
                "127.0.0.1",
                "--mail-port",
                "2525",
                "--mail-security",
                "none",
                "--mail-user",
                "minventory",
                "--mail-from",
                "m@example.org");
        assertThat(server)
                .isEqualTo(new MailServer("127.0.0.1", 2525, Security.NONE, "minventory", "hidden", "m@example.org"));
        assertThat(server.toString()).doesNotContain("hidden");
    }

    private MailServer mail(String... typed) {
        return Objects.requireNonNull(settings(typed).outward().mail());
    }

    @Test
    void theMasterKeyStandsBesideTheDataUnlessItIsNamed() {
        assertThat(settings("--data", "/of/mine").masterKey()).isEqualTo(Path.of("/of/mine/master.key"));
        environment.put("MINVENTORY_MASTER_KEY_FILE", "/keys/one");
        assertThat(settings("--data", "/of/mine").masterKey()).isEqualTo(Path.of("/keys/one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "h:", "h:0", "h:65536", ":1", "http://h:1", "h:1/x", "h h:1", "[::1:1", "h:1,i:2"})
    void aTargetThatIsNoneIsRefused(String told) {
        assertThatThrownBy(() -> settings("--allow-target", told)).isInstanceOf(CannotStart.class);
    }

    @Test
    void theDataOfAUserStandsWhereTheSystemKeepsIt() {
        assertThat(Settings.userData(Map.of(), "/home/olga", "minventory"))
                .isEqualTo(Path.of("/home/olga/.local/share/minventory"));
        assertThat(Settings.userData(Map.of("XDG_DATA_HOME", "/srv/data"), "/home/olga", "minventory"))
                .isEqualTo(Path.of("/srv/data/minventory"));
        assertThat(Settings.userData(Map.of("XDG_DATA_HOME", "relative"), "/home/olga", "minventory"))
                .isEqualTo(Path.of("/home/olga/.local/share/minventory"));
    }

    @Test
    void bothLanguagesSayTheSame() throws IOException {
        assertThat(keys("fr")).isEqualTo(keys("en"));
    }

    private static Set<String> keys(String language) throws IOException {
        var texts = new java.util.Properties();
        try (var stream = Said.class.getResourceAsStream("said_" + language + ".properties")) {
            texts.load(stream);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }

    private Layers layers(String... typed) {
        StartOptions options = new StartOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("start", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(typed);
        return options.layers(environment);
    }

    private Settings settings(String... typed) {
        return Settings.of(layers(typed), USUAL);
    }
}
