package org.minventory.integration.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.base.WallClock;
import org.minventory.conformity.Review;
import org.minventory.element.Vocabulary;
import org.minventory.export.Inventory;
import org.minventory.integration.Samples;
import org.minventory.integration.Teller;
import org.minventory.integration.lshw.LshwSurvey;
import org.minventory.survey.Mending;
import org.minventory.survey.Surveyed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The script as it is served, run on this very machine by real shells, and its bundle told to a real server. */
class SurveyShTest {
    private static final String SCRIPT = "/integrations/survey/survey.sh";
    private static final String DOOR = "/integrations/survey";
    private static final List<String> BARE = List.of("coreutils", "util-linux", "iproute2", "grep", "sed");

    private final Story story = Story.told();
    private final Teller ops = new Teller(story, story.ops);

    @TempDir
    private Path folder;

    /** JUnit warns of each link out of the folder that it has to delete. */
    @AfterEach
    void unlink() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) Files.delete(link);
        }
    }

    private record Outcome(int code, String out, String errors) {}

    // ---------------------------------------------------------------- the script goes out

    @Test
    void anybodyIsGivenTheScriptAndNobodyTwice() throws IOException {
        Reply script = story.get(Story.NOBODY, SCRIPT);

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).startsWith("text/x-shellscript");
        assertThat(script.bytes()).isEqualTo(Files.readAllBytes(Path.of("integrations/survey/survey.sh")));
        assertThat(story.get(Story.NOBODY, SCRIPT, "If-None-Match", script.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    // ---------------------------------------------------------------- it runs anywhere

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/dash", "/bin/bash"})
    void everyShellTellsTheSame(String shell) throws Exception {
        Surveyed survey = surveyed(run(Map.of(), shell, script(), "").out());

        assertThat(survey.facts()).containsKeys("memory", "kernel", "architecture", "os.name", "cpu.threads");
        assertThat(survey.facts()).isEqualTo(here().facts());
    }

    /** As in a pipe from curl, with nothing in the environment but the PATH. */
    @Test
    void itNeedsNoEnvironment() throws Exception {
        Outcome outcome = process(
                Map.of(),
                Path.of(script()).toFile(),
                List.of("/usr/bin/env", "-i", "PATH=" + System.getenv("PATH"), "/bin/sh", "-s"));

        assertThat(outcome.errors()).isEmpty();
        assertThat(surveyed(outcome.out()).facts()).isEqualTo(here().facts());
    }

    /** Where the tests run as root, somebody else is asked too. */
    @Test
    void aUserTellsLessAndFailsNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-s"));
        if (System.getProperty("user.name").equals("root"))
            command.addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        Outcome outcome = process(Map.of(), Path.of(script()).toFile(), command);
        Surveyed survey = surveyed(outcome.out());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.errors()).isEmpty();
        assertThat(survey.facts()).containsKeys("memory", "kernel", "os.name", "cpu.threads");
        assertThat(here().facts().keySet()).containsAll(survey.facts().keySet());
    }

    /** What is missing is told, and all that the others tell is there. */
    @Test
    void aBareSystemIsEnough() throws Exception {
        Outcome outcome = run(Map.of("PATH", bare().toString()), "/bin/sh", script(), "");
        Surveyed survey = surveyed(outcome.out());

        assertThat(outcome.errors()).isEmpty();
        assertThat(survey.unread().stream()
                        .map(part -> part.pointer() + " " + part.reason().key()))
                .contains("/parts/dmidecode absent", "/parts/fqdn absent");
        Map<String, JsonNode> others = new TreeMap<>(here().facts());
        // of dmidecode and hostname
        Set<String> theirs = Set.of("memory", "serial", "vendor", "model", "board", "fqdn");
        others.keySet().removeAll(theirs);
        assertThat(survey.facts()).containsAllEntriesOf(others).containsKey("memory");
    }

    @Test
    void aDownloadThatBrokeOffDoesNothing() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of("integrations/survey/survey.sh"));
        for (int part = 1; part < 10; part++) {
            Path half = Files.write(folder.resolve("half.sh"), Arrays.copyOf(whole, whole.length * part / 10));
            Outcome outcome = run(Map.of(), "/bin/sh", half.toString(), "");
            assertThat(outcome.out()).as("%d tenths", part).doesNotContain("survey.sh\":");
        }
    }

    @Test
    void helpIsInTheLanguageOfTheOneWhoAsks() throws Exception {
        Outcome english = run(Map.of("LC_ALL", "C"), "/bin/sh", script(), "--help");
        Outcome french = run(Map.of("LC_ALL", "fr_FR.UTF-8"), "/bin/sh", script(), "--help");

        assertThat(english.code()).isZero();
        assertThat(english.out()).contains("prints what this machine is", "--token-file", "--dry-run");
        assertThat(french.out()).contains("écrit ce qu’est cette machine", "--token-file", "--dry-run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--send",
                "--send ftp://x",
                "--send http://x",
                "--element x",
                "--dry-run",
                "--send http://x --token-file /does/not/exist",
                "--send http://x --token-file /dev/null",
                "--send http://x --token-file /dev/null --element a/b"
            })
    void whatCannotBeDoneIsSaidInASentence(String options) throws Exception {
        Outcome outcome = run(Map.of(), "/bin/sh", script(), options);

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errors()).startsWith("survey.sh: ").hasLineCount(1);
    }

    // ---------------------------------------------------------------- whatever tools print

    @Test
    void whatToolsPrintSurvivesAsDataWhateverItIs() throws Exception {
        String hostile = "\"}, \\ {{ lookup('pipe', 'id') }} $(id) `id` \u001b[2J\u0007\t\r\u007f é€😀 </script>";
        tool("dmidecode", "cat " + bytes("hostile", hostile + "\nlast, without an end"));
        tool(
                "hostname",
                "printf 'bad \\377\\300\\257 \\355\\240\\200 bytes \\000 end\\n'; echo '%s %n \\' >&2; exit 3");
        tool("lsblk", "head -c 3000000 /dev/zero | tr '\\000' x");
        Outcome outcome = run(Map.of("PATH", folder + ":" + bare()), "/bin/sh", script(), "");

        assertThat(outcome.errors()).isEmpty();
        JsonNode parts =
                Json.read(outcome.out().getBytes(StandardCharsets.UTF_8)).get("parts");
        assertThat(parts.at("/dmidecode/output").stringValue()).isEqualTo(hostile + "\nlast, without an end\n");
        assertThat(parts.at("/fqdn/output").stringValue())
                .isEqualTo("bad \uFFFD\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD bytes  end\n");
        assertThat(parts.at("/fqdn/error").stringValue()).isEqualTo("%s %n \\\n");
        assertThat(parts.at("/fqdn/status").intValue()).isEqualTo(3);
        assertThat(parts.at("/lsblk/truncated").booleanValue()).isTrue();

        String name = delivered();
        JsonNode receipt = receipt(post(name, outcome.out()));
        assertThat(receipt.get("status").intValue()).isEqualTo(201);
        assertThat(receipt.get("unread").toString()).contains("/parts/fqdn", "/parts/lsblk");
        String kept = story.get(
                        story.ops, "/api/v1/testimonies/" + receipt.get("id").stringValue() + "/source")
                .text();
        assertThat(Json.MAPPER.readTree(kept).findValue("dmidecode")).isEqualTo(parts.get("dmidecode"));
    }

    // ---------------------------------------------------------------- one machine, one knowledge

    /**
     * lshw cannot know the system, the kernel, host keys, routes, or an address's prefix; of a guest's processors it
     * counts no cores, and of its disks it sees none that are virtual. The script cannot know the modules of memory where
     * the firmware has no tables. What both know is the same; the size of memory within the share that a kernel keeps.
     */
    @Test
    void theScriptAndLshwKnowTheSameMachine() throws Exception {
        Outcome lshw = process(Map.of(), null, List.of("lshw", "-json"));
        JsonNode document = Mending.mend(Json.tree(lshw.out().getBytes(StandardCharsets.UTF_8)));
        Surveyed byLshw = LshwSurvey.read(document, null);
        Surveyed byScript = here();

        assertThat(byScript.facts().keySet()).containsAll(byLshw.facts().keySet());
        assertThat(byScript.name()).isEqualTo(byLshw.name());
        Set<String> exactly = new TreeSet<>(byLshw.facts().keySet());
        exactly.removeAll(Set.of("memory", "disks", "nics"));
        for (String attribute : exactly)
            assertThat(byScript.facts().get(attribute))
                    .as(attribute)
                    .isEqualTo(byLshw.facts().get(attribute));
        for (String list : List.of("disks", "nics"))
            if (byLshw.facts().containsKey(list))
                assertThat(members(byScript, list)).as(list).isEqualTo(members(byLshw, list));
        assertThat(byScript.facts().get("memory").doubleValue())
                .isBetween(
                        byLshw.facts().get("memory").doubleValue() * 0.93,
                        byLshw.facts().get("memory").doubleValue());

        String name = delivered();
        ops.tell("{'customer': 'acme', 'kind': 'commissioning', 'element': '" + name + "'}");
        receipt(post(name, run(Map.of(), "/bin/sh", script(), "").out()));
        receipt(story.send(story.ansible, "POST", "/integrations/lshw?element=" + name, Json.write(document)));
        var judged = Review.judge(row(name).picture(), Vocabulary.builtIn(), WallClock.MICROSECONDS.instant());
        assertThat(judged).containsKeys("cpu.model");
        judged.forEach((attribute, judgement) ->
                assertThat(judgement.witnesses()).as(attribute).isEmpty());
    }

    /** Both tell these; speed and model depend on who looks harder. */
    private static List<String> members(Surveyed survey, String list) {
        List<String> told = new ArrayList<>();
        for (JsonNode one : survey.facts().get(list))
            told.add(one.path("name").asString("") + " " + one.path("size").asString("")
                    + one.path("mac").asString(""));
        return told;
    }

    // ---------------------------------------------------------------- it sends by itself

    @Test
    void itSendsAndShowsTheReceipt() throws Exception {
        String name = delivered();
        Path token = Files.writeString(folder.resolve("token"), story.ansible + "\n");
        String options = "--send " + story.server().url() + "/ --element " + name + " --token-file " + token;

        Outcome dry = run(Map.of(), "/bin/sh", script(), options + " --dry-run");
        Outcome sent = run(Map.of(), "/bin/sh", script(), options);

        assertThat(dry.errors()).isEmpty();
        assertThat(receipt(dry.out()).get("id").isNull()).isTrue();
        assertThat(sent.code()).isZero();
        assertThat(receipt(sent.out()).at("/element/name").stringValue()).isEqualTo(name);
        assertThat(receipt(sent.out()).get("status").intValue()).isEqualTo(201);
    }

    @Test
    void wgetWillDoWhereThereIsNoCurl() throws Exception {
        String name = delivered();
        Path token = Files.writeString(folder.resolve("token"), story.ansible);
        link(Path.of("/usr/bin/wget"), folder);
        Map<String, String> path = Map.of("PATH", folder + ":" + bare());
        String options = "--send " + story.server().url() + " --element " + name + " --token-file ";

        Outcome sent = run(path, "/bin/sh", script(), options + token);
        Outcome refused =
                run(path, "/bin/sh", script(), options + Files.writeString(folder.resolve("other"), "mnv_nobodys"));

        assertThat(sent.errors()).isEmpty();
        assertThat(receipt(sent.out()).get("status").intValue()).isEqualTo(201);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors())
                .contains("Authentication Failed", story.server().url());
    }

    @Test
    void whoIsRefusedLearnsWhyAndFails() throws Exception {
        String name = delivered();
        ops.tell("{'customer': 'acme', 'kind': 'commissioning', 'element': '" + name + "'}");
        String surveyor = story.robot(story.ops, "acme", Story.name("surveyor"), "testify:delivery-survey");
        String to = "--send " + story.server().url() + " --element " + name + " --token-file ";

        Outcome unknown =
                run(Map.of(), "/bin/sh", script(), to + Files.writeString(folder.resolve("a"), "mnv_nobodys"));
        Outcome refused = run(Map.of(), "/bin/sh", script(), to + Files.writeString(folder.resolve("b"), surveyor));
        Outcome alone = run(
                Map.of("PATH", bare().toString()),
                "/bin/sh",
                script(),
                to + Files.writeString(folder.resolve("c"), surveyor));

        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.out()).contains("\"status\":401");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(receipt(refused.out()).get("status").intValue()).isEqualTo(403);
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.errors()).contains("curl or wget");
    }

    // ---------------------------------------------------------------- the door

    @Test
    void theMachinesOwnClockCountsUnlessItIsLost() {
        String name = delivered();
        ObjectNode bundle = Samples.bundle().put("witnessedAt", "2026-01-02T03:04:05Z");
        String id = receipt(post(name, bundle.toString())).get("id").stringValue();
        assertThat(story.get(story.ops, "/api/v1/testimonies/" + id)
                        .expect(200)
                        .get("witnessedAt")
                        .stringValue())
                .isEqualTo("2026-01-02T03:04:05Z");

        for (String lost : List.of("1970-01-01T00:00:07Z", "2999-01-01T00:00:00Z", "yesterday"))
            assertThat(receipt(post(delivered(), bundle.put("witnessedAt", lost).toString()))
                            .get("status")
                            .intValue())
                    .as(lost)
                    .isEqualTo(201);
    }

    @Test
    void theSameMachineAgainIsHeardAgain() throws Exception {
        String name = delivered();
        JsonNode first =
                receipt(post(name, run(Map.of(), "/bin/sh", script(), "").out()));
        JsonNode again =
                receipt(post(name, run(Map.of(), "/bin/sh", script(), "").out()));

        assertThat(first.get("status").intValue()).isEqualTo(201);
        assertThat(again.get("confirmed").booleanValue()).as(again.toString()).isTrue();
        assertThat(again.get("id")).isEqualTo(first.get("id"));
    }

    @Test
    void whatWasNotReadIsToldInTheReadersLanguage() {
        JsonNode receipt = receipt(story.send(
                story.ansible,
                "POST",
                DOOR + "?dryRun=true&element=" + delivered(),
                Json.write(Samples.bundle()),
                "Accept-Language",
                "fr"));

        assertThat(receipt.get("unread")).isEqualTo(Samples.json("""
                [{"pointer": "/parts/dmidecode",
                  "detail": "« dmidecode » a échoué sur cette machine : /dev/mem: No such file or directory"}]
                """));
    }

    // ---------------------------------------------------------------- small things

    private String delivered() {
        String name = Story.name("box");
        ops.tell("{'customer': 'acme', 'kind': 'delivery-notice', 'element': '" + name
                + "', 'create': true, 'type': 'virtual-machine', 'facts': {'os.name': 'Debian'}}");
        return name;
    }

    private Reply post(String element, String bundle) {
        return story.send(story.ansible, "POST", DOOR + "?element=" + element, bundle.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode receipt(Reply reply) {
        reply.expect(200);
        return receipt(reply.text());
    }

    private static JsonNode receipt(String answer) {
        JsonNode receipts = Json.MAPPER.readTree(answer).get("receipts");
        assertThat(receipts).hasSize(1);
        return receipts.get(0);
    }

    private Inventory.Row row(String name) {
        Scope acme = Scope.whole(UUID.fromString(story.acme));
        return Objects.requireNonNull(
                story.server().room(Tx.class).read(acme, db -> Inventory.one(db, acme, name, null)));
    }

    /** The script as the server gives it out. */
    private String script() throws IOException {
        return Files.write(
                        folder.resolve("survey.sh"),
                        story.get(Story.NOBODY, SCRIPT).bytes())
                .toString();
    }

    private Surveyed here() throws Exception {
        return surveyed(run(Map.of(), "/bin/sh", script(), "").out());
    }

    private static Surveyed surveyed(String printed) {
        return SurveyBundle.read(Json.read(printed.getBytes(StandardCharsets.UTF_8)), null);
    }

    /** A folder with the programs of a bare system and no others. */
    private Path bare() throws Exception {
        Path bin = folder.resolve("bin");
        if (Files.exists(bin)) return bin;
        Files.createDirectory(bin);
        List<String> listing = new ArrayList<>(List.of("dpkg", "-L"));
        listing.addAll(BARE);
        for (String file : process(Map.of(), null, listing).out().split("\n", -1))
            if (file.matches("(?:/usr)?/s?bin/[^/]+")) link(Path.of(file), bin);
        return bin;
    }

    private static void link(Path program, Path bin) throws IOException {
        Path link = bin.resolve(program.getFileName());
        if (!Files.exists(link)) Files.createSymbolicLink(link, program);
    }

    private Path bytes(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A program that stands before the real one of that name. */
    private void tool(String name, String body) throws IOException {
        Path tool = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Map<String, String> environment, String shell, String script, String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(shell, script));
        if (!options.isEmpty()) command.addAll(List.of(options.split(" ", -1)));
        return process(environment, null, command);
    }

    private Outcome process(Map<String, String> more, @Nullable File input, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path errors = Files.createTempFile(folder, "err", "");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        if (input != null) process.redirectInput(input);
        process.environment().keySet().removeIf(name -> name.toLowerCase(Locale.ROOT)
                .endsWith("_proxy"));
        process.environment().put("LC_ALL", "C.UTF-8");
        process.environment().putAll(more);
        Process running = process.start();
        if (!running.waitFor(120, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError(command + " does not end");
        }
        return new Outcome(running.exitValue(), Files.readString(out), Files.readString(errors));
    }
}
