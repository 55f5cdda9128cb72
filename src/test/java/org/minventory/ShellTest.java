package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.base.Json;
import org.minventory.cli.Terminal;
import tools.jackson.databind.JsonNode;

/** People in a terminal: what they tell a server, and what they read of it. */
class ShellTest {
    private static final Story STORY = Story.told();

    private final String customer = Story.name("shell");
    private final Locale language = Locale.getDefault(Locale.Category.DISPLAY);

    @TempDir
    private Path folder;

    {
        STORY.customer(STORY.ops, customer, "Shell");
    }

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.Category.DISPLAY, Locale.ENGLISH);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(Locale.Category.DISPLAY, language);
    }

    // ---------------------------------------------------------------- telling

    @Test
    void whatIsTestifiedIsKnownAndWhatDisagreesIsToldAtOnce() {
        assertThat(done(
                        "testify",
                        "box-1",
                        "--kind",
                        "wish",
                        "--type",
                        "server",
                        "memory=64 GiB",
                        "tags=prod",
                        "tags=web"))
                .isEqualTo("Testified of box-1.\n");
        assertThat(done("testify", "box-1", "--kind", "commissioning")).contains("Testified of box-1.");
        assertThat(done("testify", "box-1", "memory=32 GiB", "--note", "it's \"half\" of it"))
                .startsWith("Testified of box-1.\n  ! ")
                .contains("32 GiB");
        assertThat(done("testify", "box-1", "memory=32 GiB", "--note", "it's \"half\" of it"))
                .isEqualTo("Known of box-1 already: heard again.\n");
        assertThat(done("testify", "box-1", "memory=16 GiB", "--dry-run")).startsWith("Nothing was said of box-1");
        assertThat(done("testify", "nobody-1", "memory=16 GiB", "--dry-run"))
                .startsWith("Nothing was said of nobody-1, which is not known");
        assertThat(done("testify", "box-9", "memory=32 GiB")).contains("attached to nobody");
        assertThat(type("testify", "box-1", "memory=lots").err())
                .isEqualTo("“lots” does not begin with a number. (/facts/memory)\n");

        assertThat(done("elements")).startsWith("CUSTOMER").contains("box-1", "prod web", "in-service");
        assertThat(done("elements", "--tag", "prod", "--fact", "memory=ge:32 GiB", "--diverging")
                        .lines())
                .hasSize(2);
        assertThat(done("element", "box-1"))
                .startsWith("box-1 · server · in-service · " + customer + "\n")
                .containsPattern("memory +64 GiB +32 GiB +diverges");
        assertThat(done("known", "box-1", "--attribute", "memory"))
                .containsPattern("memory +intended +64 GiB +Oscar of Gardeners")
                .containsPattern("memory +deployed +32 GiB +Oscar of Gardeners")
                .containsPattern("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(done("divergences", "--element", "box-1")).contains("memory", "open", "drift");
        assertThat(done("witnesses")).containsPattern("Oscar of Gardeners +ops +api +20");
        assertThat(done("elements", "--as-of", "2020-01-01T00:00:00Z")).doesNotContain("in-service");
    }

    @Test
    void anInterventionIsAWordOfAnElementOrOfAWholeInfrastructure() {
        done("testify", "box-1", "--kind", "wish", "--type", "server", "infrastructure=shop");
        done(
                "testify",
                "box-1",
                "--kind",
                "intervention",
                "--note",
                "second disk replaced",
                "--at",
                "2026-01-05T10:00:00Z");
        done("testify", "shop", "--whole", "--kind", "intervention", "--note", "new switches");
        List<String> notes = STORY.get(STORY.ops, "/api/v1/testimonies?kind=intervention&customer=" + customer)
                .expect(200)
                .get("items")
                .valueStream()
                .map(one -> one.get("note").asString(""))
                .toList();
        assertThat(notes).containsExactlyInAnyOrder("second disk replaced", "new switches");
    }

    // ---------------------------------------------------------------- reading

    @Test
    void allPagesAreReadInEveryForm() throws IOException {
        StringBuilder all = new StringBuilder("[");
        for (int i = 0; i < 1203; i++)
            all.append(i == 0 ? "" : ",")
                    .append("{'kind': 'wish', 'element': 'box-" + i
                            + "', 'type': 'server', 'facts': {'label': '=cmd'}}");
        STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, all + "]")
                .expect(200);
        JsonNode json = Json.ours(done("elements", "--output", "json").getBytes(StandardCharsets.UTF_8));
        assertThat(json).hasSize(1203);
        assertThat(json.get(0).get("name").stringValue()).isEqualTo("box-0");
        assertThat(done("elements", "--output", "csv").lines())
                .hasSize(1204)
                .first()
                .asString()
                .startsWith("customer,name,");
        assertThat(done("known", "box-0", "--output", "csv")).contains(",'=cmd,");
    }

    @Test
    void noWordOfAWitnessMovesTheTerminal() {
        done(
                "testify",
                "box-1",
                "--kind",
                "wish",
                "--type",
                "server",
                "label=a\u001b]0;owned\u0007b\u009b31mc\u202ed\ne");
        for (String form : List.of("table", "json", "csv"))
            for (String command : List.of("element", "known"))
                assertThat(done(command, "box-1", "--output", form))
                        .as(command + " " + form)
                        .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]")
                        .doesNotContain("\u202e", "\u009b");
    }

    @Test
    void theTerminalSpeaksFrench() {
        Locale.setDefault(Locale.Category.DISPLAY, Locale.FRANCE);
        assertThat(done("testify", "box-1", "--kind", "wish", "--type", "server", "memory=64 GiB"))
                .isEqualTo("Témoigné de box-1.\n");
        assertThat(done("elements")).startsWith("CLIENT");
        assertThat(done("element", "box-1")).containsPattern("64.Gio");
        assertThat(type(Map.of(), "elements").err()).contains("Qui demande ?");
        assertThat(type("element", "nowhere").code()).isEqualTo(1);
    }

    // ---------------------------------------------------------------- who asks

    @Test
    void aTokenComesFromAFileOrAVariableAndNeverFromTheLine() throws IOException {
        Path config = Files.createDirectories(folder.resolve("minventory"));
        Path token = Files.writeString(config.resolve("token"), STORY.ops + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment =
                new HashMap<>(Map.of("MINVENTORY_URL", STORY.server().url()));
        environment.put("XDG_CONFIG_HOME", folder.toString());
        Terminal warned = type(environment, "elements", "--customer", customer);
        assertThat(warned.code()).isZero();
        assertThat(warned.err()).contains("chmod 600");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        assertThat(type(environment, "elements", "--customer", customer).err()).isEqualTo("There is nothing.\n");

        environment.put("MINVENTORY_TOKEN", "mnv_wrong");
        assertThat(type(environment, "elements").code()).isEqualTo(1);
        assertThat(type(environment, "elements", "--token-file", token.toString(), "--customer", customer)
                        .code())
                .isZero();
        environment.put("MINVENTORY_TOKEN", "two words");
        assertThat(type(environment, "elements").err()).contains("one word");
        assertThat(type(environment, "elements", "--token", STORY.ops).code()).isEqualTo(2);
        assertThat(type("elements", "--server", "http://127.0.0.1:1").err()).contains("Nobody answers");
        assertThat(type("element", "nowhere").code()).isEqualTo(1);
        assertThat(type("testify", "box-1", "memory").err()).contains("ATTRIBUTE=VALUE");
        assertThat(type("testify", "box-1", "--kind", "rumour").err()).contains("kind");
    }

    /** As anybody types it, in a process of its own. */
    @Test
    void theProgramItselfEndsWithItsCode() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.minventory.Minventory",
                "element",
                "nowhere"));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("MINVENTORY_URL", STORY.server().url());
        program.environment().put("MINVENTORY_TOKEN", STORY.ops);
        program.environment().put("LC_ALL", "fr_FR.UTF-8");
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).as(said).isEqualTo(1);
        assertThat(said).hasLineCount(1);
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException {
        Path script = Files.writeString(folder.resolve("completion"), done("completion", "bash"));
        String ask = """
                . %s
                COMP_WORDS=(minventory el); COMP_CWORD=1; COMP_LINE='minventory el'; COMP_POINT=13
                _complete_minventory; printf '%%s ' "${COMPREPLY[@]}"
                COMP_WORDS=(minventory elements --out); COMP_CWORD=2
                _complete_minventory; printf '%%s ' "${COMPREPLY[@]}"
                """.formatted(script);
        assertThat(Tool.run(folder, "bash", "-c", ask)).contains("elements", "element", "--output");
        assertThat(done("completion", "zsh")).startsWith("# For zsh").contains("bashcompinit");
        assertThat(type("completion", "fish").code()).isEqualTo(2);
    }

    // ---------------------------------------------------------------- at the end of a session

    @Test
    void aSessionThatEndsIsAskedWhatWasDoneAndWhatIsSaidIsTold() throws Exception {
        done("testify", "box-1", "--kind", "wish", "--type", "server");
        String robot = STORY.robot(STORY.ops, customer, "logout", "testify:intervention");
        Files.writeString(folder.resolve("token"), robot + "\n");
        Files.writeString(
                folder.resolve(".bash_logout"),
                "sh '" + Path.of("integrations/shell/minventory-logout.sh").toAbsolutePath() + "'\n");
        String hostile = "replaced \"disk 2\" \\ $(touch " + folder + "/mole) `id` 'é' %s ; exit";
        assertThat(logIn("http://127.0.0.1:1", hostile)).contains("What did you do on box-1?", "did not hear it");
        assertThat(interventions()).isEmpty();

        assertThat(logIn(STORY.server().url(), "restarted it")).doesNotContain("did not hear it", "refused");
        List<JsonNode> told = interventions();
        assertThat(told)
                .extracting(one -> one.get("note").stringValue())
                .containsExactlyInAnyOrder(hostile, "restarted it");
        assertThat(told.getFirst().at("/facts/intervention.by").asString("")).isNotEmpty();
        assertThat(told.getFirst().at("/facts/intervention.from").asString(""))
                .startsWith("20")
                .endsWith("Z");
        assertThat(folder.resolve("mole")).doesNotExist();
        assertThat(folder.resolve(".local/state/minventory")).isEmptyDirectory();

        logIn(STORY.server().url(), "");
        assertThat(interventions()).hasSize(2);
    }

    /** Logs in, by a terminal, does nothing, and answers what is asked at the end. */
    private String logIn(String url, String answer) throws Exception {
        ProcessBuilder terminal = new ProcessBuilder(
                        "script", "--quiet", "--flush", "--return", "--command", "bash --login", "/dev/null")
                .redirectErrorStream(true);
        terminal.environment()
                .putAll(Map.of(
                        "HOME",
                        folder.toString(),
                        "LC_ALL",
                        "C.UTF-8",
                        "MINVENTORY_URL",
                        url,
                        "MINVENTORY_TOKEN_FILE",
                        folder.resolve("token").toString(),
                        "MINVENTORY_ELEMENT",
                        "box-1",
                        "MINVENTORY_ASK_AFTER",
                        "0"));
        terminal.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("SUDO_"));
        Process session = terminal.start();
        try (var keyboard = session.outputWriter(StandardCharsets.UTF_8)) {
            keyboard.write("exit\n" + answer + "\n");
            keyboard.flush();
            String seen = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(session.waitFor(60, TimeUnit.SECONDS)).as(seen).isTrue();
            return seen;
        }
    }

    private List<JsonNode> interventions() {
        return STORY.get(STORY.ops, "/api/v1/testimonies?kind=intervention&customer=" + customer)
                .expect(200)
                .get("items")
                .valueStream()
                .toList();
    }

    // ---------------------------------------------------------------- typing

    private String done(String... arguments) {
        Terminal said = type(arguments);
        assertThat(said.code()).as(said.err()).isZero();
        return said.out();
    }

    private Terminal type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!arguments[0].equals("completion")) all.addAll(List.of("--customer", customer));
        return type(
                Map.of("MINVENTORY_URL", STORY.server().url(), "MINVENTORY_TOKEN", STORY.ops),
                all.toArray(String[]::new));
    }

    private Terminal type(Map<String, String> environment, String... arguments) {
        return Terminal.type(Minventory.entrance(), environment, arguments);
    }
}
