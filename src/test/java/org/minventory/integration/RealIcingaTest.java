package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.Tool;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The real Icinga 2, with what it reads of us and what we give out: only addresses and waits differ. */
class RealIcingaTest {
    private static final Path SHIPPED = Path.of("integrations/icinga2");
    private static final String DOOR = "/integrations/icinga2/config";
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Story STORY = Story.fresh(CLOCK);

    private final Proxy proxy = new Proxy(URI.create(STORY.server().url()));
    private final String customer = Story.name("watch");

    @TempDir
    private Path folder;

    private RealIcinga icinga;

    {
        STORY.customer(STORY.ops, customer, "Watched");
    }

    private final String robot =
            STORY.robot(STORY.ops, customer, "watcher", "read:inventory", "testify:monitoring-state");

    @BeforeEach
    void begin() {
        icinga = new RealIcinga(folder);
    }

    @AfterEach
    void end() {
        proxy.close();
    }

    @AfterAll
    static void close() {
        STORY.close();
    }

    // ---------------------------------------------------------------- what it reads

    @Test
    void aThousandHostsAreAcceptedWhateverWitnessesSaid() {
        List<String> hostile = List.of(
                "quotes \" and \\\" and '",
                "accents é ü 中 🙂 and } {",
                "$host.name$ and $ alone and $$",
                "a line\nobject Host \"mole\" { check_command = \"dummy\" }",
                "{{ lookup('pipe','id') }} {{{ x }}}",
                "\" } object Host \"mole\" { check_command = \"dummy\" } object Host \"x",
                "*/ include \"/etc/passwd\" /* # // ",
                "esc \u001b[31m and \u0007 and \u202e and \u0085",
                "many " + "x".repeat(10_000),
                "ends with \\");
        ArrayNode told = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 1000; i++) {
            String value = hostile.get(i % hostile.size());
            ObjectNode facts = wish(told, "box-" + i, "server");
            facts.put("address", "10.0." + i / 250 + "." + (i % 250 + 1)).put("label", value + i);
            facts.put("site", value).put("provider", value).put("serial", value + i);
            facts.putArray("addresses").add("2001:db8::" + Integer.toHexString(i + 1));
            facts.putArray("tags").add(value).add("!" + value).add("prod");
            // each needs the next, and the last the first
            facts.putArray("depends-on").add("box-" + (i + 1) % 1000);
            commission(told, "box-" + i);
        }
        for (int i = 0; i < 100; i++) {
            ObjectNode facts = wish(told, "shop-" + i, "service");
            facts.put("label", hostile.get(i % hostile.size()))
                    .put("url", "https://shop.invalid:8443/a$b?c=%22$host.name$");
            facts.putArray("runs-on").add("box-" + i).add("box-" + (i + 1));
            commission(told, "shop-" + i);
        }
        tellAll(told);

        Reply config = config("");
        assertThat(config.header("Minventory-Skipped")).isEqualTo("0");
        assertThat(config.text()).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]").doesNotContain("\u202e");
        String said = icinga.check(config.text());
        assertThat(said)
                .contains("Instantiated 1000 Hosts.", "Instantiated 200 Services.", "Instantiated 999 Dependencies.");
        String shown = icinga.objects("Host", "box-0");
        assertThat(shown)
                .contains(
                        "address = \"10.0.0.1\"",
                        "address6 = \"2001:db8::1\"",
                        "display_name = \"quotes \" and \\\" and '0\"");
        assertThat(icinga.objects("Host", "mole")).isEmpty();
    }

    @Test
    void whatIsThereIsAHostOrAServiceOfItsHosts() {
        tell("{'kind': 'wish', 'element': 'node', 'type': 'server', 'facts': {'address': '198.51.100.7'}}");
        tell("{'kind': 'commissioning', 'element': 'node'}");
        machine("guest", "2001:db8::7", "'runs-on': ['node'], 'infrastructure': 'shop', 'tags': ['prod']");
        service("shop", "'url': 'https://shop.example/x', 'runs-on': ['guest', 'gone'], 'tags': ['prod']");
        service("mail", "'port': 25, 'runs-on': ['node']");
        service("time", "'port': 123, 'protocol': 'UDP', 'runs-on': ['node']");
        service("figures", "'metrics.port': 9113, 'address': '198.51.100.9'");
        service("elsewhere", "'url': 'http://elsewhere.example', 'runs-on': ['gone']");
        tell("{'kind': 'wish', 'element': 'planned', 'type': 'server', 'facts': {'address': '198.51.100.8'}}");
        tell("{'kind': 'maintenance', 'element': 'node', 'note': 'disks'}");

        Reply all = config("");
        assertThat(all.header("Minventory-Skipped")).isEqualTo("1"); // nothing asks by UDP
        icinga.check(all.text());
        assertThat(icinga.objects("Host", "guest"))
                .contains("address6 = \"2001:db8::7\"", "check_command = \"hostalive\"", "\"tag:prod\"");
        assertThat(icinga.objects("Dependency", "guest!node")).contains("parent_host_name = \"node\"");
        assertThat(icinga.objects("Service", "guest!shop"))
                .contains(
                        "check_command = \"http\"",
                        "http_vhost = \"shop.example\"",
                        "http_port = 443",
                        "http_ssl = true");
        assertThat(icinga.objects("Service", "node!mail")).contains("check_command = \"tcp\"", "tcp_port = 25");
        assertThat(icinga.objects("Host", "figures")).contains("http_port = 9113", "http_uri = \"/metrics\"");
        assertThat(icinga.objects("Host", "elsewhere")).contains("address = \"elsewhere.example\"", "http_port = 80");
        assertThat(icinga.objects("ScheduledDowntime", "node!minventory-maintenance"))
                .contains("monday = \"00:00-24:00\"");
        assertThat(icinga.objects("ScheduledDowntime", "guest!minventory-maintenance"))
                .isEmpty();

        // what carries a service is there with it
        icinga.check(config("?tag=prod&type=service").text());
        assertThat(icinga.objects("Service", "guest!shop")).isNotEmpty();
        assertThat(icinga.objects("Host", "node")).isEmpty();

        assertThat(STORY.get(robot, DOOR, "If-None-Match", all.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void whatIsPlannedIsADowntimeInTheHoursOfTheMachineThatWatches() {
        machine("box-1", "198.51.100.7", "'infrastructure': 'shop'");
        machine("box-2", "198.51.100.8", "");
        Instant from = CLOCK.instant().plus(Duration.ofDays(2));
        String day = from.toString().substring(0, 10);
        tell("{'kind': 'maintenance', 'infrastructure': 'shop', 'note': 'new \\\\ switches', 'facts':"
                + " {'maintenance.state': 'planned', 'maintenance.from': '" + day + "T23:30:00Z',"
                + " 'maintenance.until': '"
                + from.plus(Duration.ofDays(2)).toString().substring(0, 10)
                + "T01:15:00Z'}}");
        String config = config("").text();
        icinga.check(config);
        String next = from.plus(Duration.ofDays(1)).toString().substring(0, 10);
        assertThat(icinga.objects("ScheduledDowntime", "box-1!minventory-*"))
                .contains("comment = \"new \\ switches\"", day + " = \"23:30-49:15\"");
        assertThat(icinga.objects("ScheduledDowntime", "box-2!minventory-*")).isEmpty();
        icinga.check(config, "Asia/Kolkata");
        assertThat(icinga.objects("ScheduledDowntime", "box-1!minventory-*")).contains(next + " = \"05:00-30:45\"");
    }

    @Test
    void theScriptThatWeGiveOutKeepsWhatIcingaHasUnlessItAcceptsTheNews() throws Exception {
        machine("box-1", "198.51.100.7", "");
        Path own = folder.resolve("own.conf");
        Path hosts = folder.resolve("hosts.conf");
        Files.writeString(own, RealIcinga.OURS);
        Files.writeString(folder.resolve("all.conf"), "include \"" + own + "\"\ninclude \"" + hosts + "\"\n");
        fetch(true);
        String first = Files.readString(hosts);
        assertThat(first).contains("object Host \"box-1\"");
        fetch(true);
        assertThat(folder.resolve("reloaded")).hasContent("x"); // once: there was no news

        Files.writeString(own, RealIcinga.OURS + "object Host \"box-2\" { check_command = \"dummy\" }\n");
        machine("box-2", "198.51.100.8", "");
        assertThat(fetch(false)).contains("it keeps what it has");
        assertThat(hosts).hasContent(first);
        Files.writeString(own, RealIcinga.OURS);
        fetch(true);
        assertThat(hosts).content().contains("object Host \"box-2\"");
        assertThat(folder.resolve("reloaded")).hasContent("xx");

        machine("box-3", "198.51.100.9", "");
        Path down = Files.createFile(folder.resolve("down"));
        assertThat(fetch(false)).contains("the next run tries again");
        Files.delete(down);
        fetch(true);
        assertThat(folder.resolve("reloaded")).hasContent("xxx");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()).filter(name -> name.contains(".new")))
                    .isEmpty();
        }
    }

    private String fetch(boolean good) throws IOException {
        Path token = Files.writeString(folder.resolve("minventory.token"), robot + "\n");
        String check = Stream.concat(
                        Stream.of(
                                "icinga2",
                                "daemon",
                                "-C",
                                "-c",
                                folder.resolve("all.conf").toString()),
                        icinga.folders())
                .collect(Collectors.joining(" "));
        Path reload = Files.writeString(
                folder.resolve("reload.sh"),
                "[ ! -e '" + folder + "/down' ] && printf x >>'" + folder + "/reloaded'\n");
        String said = Tool.run(
                folder,
                "env",
                "MINVENTORY_URL=" + STORY.server().url(),
                "MINVENTORY_TOKEN_FILE=" + token,
                "MINVENTORY_CONFIG=" + folder.resolve("hosts.conf"),
                "MINVENTORY_CHECK=" + check,
                "MINVENTORY_RELOAD=sh " + reload,
                "sh",
                "-c",
                SHIPPED.resolve("minventory-config.sh").toAbsolutePath() + "; echo $?");
        assertThat(said.strip()).as(said).endsWith(good ? "0" : "1");
        return said;
    }

    // ---------------------------------------------------------------- what it tells

    @Test
    void whatItFindsComesBackAndItsSilenceIsNoticed() throws Exception {
        machine("box-1", "198.51.100.7", "");
        service("shop", "'url': '" + proxy.url() + "/health/live?x=$HOME'");
        String subscription = STORY.post(
                        STORY.ops,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'atom'}, 'notices': ['knowledge.stale']}")
                .expect(201)
                .get("id")
                .stringValue();
        try (Tool running = running()) {
            awaitState("shop", "ok");
            awaitState("box-1", "critical");
            assertThat(source("box-1")).as(running.said()).startsWith("icinga/");

            proxy.busyFor(Integer.MAX_VALUE); // it is down, and nobody hears that
            Awaiting.until(LONG, proxy::refused, refused -> refused > 3);
            proxy.busyFor(0);
            awaitState("shop", "ok");
        }
        assertThat(freshness()).isEqualTo("fresh");
        CLOCK.pass(Duration.ofSeconds(7)); // three times two, and one more
        assertThat(freshness()).isEqualTo("late");
        CLOCK.pass(Duration.ofMinutes(11));
        assertThat(freshness()).isEqualTo("stale");
        Awaiting.until(
                () -> STORY.get(STORY.ops, "/api/v1/dispatches?subscription=" + subscription)
                        .expect(200)
                        .get("items"),
                said -> !said.isEmpty());
    }

    private String freshness() {
        return state("box-1").get("freshness").stringValue();
    }

    /** The line that we give out for checks, as it is. */
    @Test
    void theLineOfShellInOurPagesTellsWhatAPluginFound() throws Exception {
        machine("shop-db-1", "198.51.100.7", "");
        String page = Files.readString(Path.of("docs/checks.md"));
        String lines = page.substring(page.indexOf("output=$("), page.indexOf("```\n\nThe token"))
                .replace("check_disk -w 20% -c 10% -p /", "check_dummy 2 x");
        Path script = Files.writeString(
                folder.resolve("line.sh"),
                "token=" + robot + "; MINVENTORY_URL=" + STORY.server().url() + "\n" + lines);
        assertThat(Tool.run(folder, "sh", script.toString())).contains("\"status\":201");
        assertThat(state("shop-db-1").get("value").stringValue()).isEqualTo("critical");
    }

    // ---------------------------------------------------------------- the program

    private Tool running() throws IOException {
        Path token = Files.writeString(folder.resolve("minventory.token"), robot + "\n");
        String shipped = Files.readString(SHIPPED.resolve("minventory.conf"))
                .replace("http://127.0.0.1:8080", proxy.url())
                .replace("/etc/icinga2/minventory.token", token.toString())
                .replace(
                        "/etc/icinga2/scripts/minventory.sh",
                        SHIPPED.resolve("minventory.sh").toAbsolutePath().toString())
                .replace("MinventoryInterval = 5m", "MinventoryInterval = 2s");
        return icinga.start(config("").text() + shipped);
    }

    // ---------------------------------------------------------------- asking and telling

    private Reply config(String query) {
        Reply config = STORY.get(robot, DOOR + query);
        if (config.status() != 200) throw new AssertionError(config.text());
        return config;
    }

    private ObjectNode wish(ArrayNode told, String name, String type) {
        return told.addObject()
                .put("kind", "wish")
                .put("element", name)
                .put("type", type)
                .putObject("facts");
    }

    private void commission(ArrayNode told, String name) {
        told.addObject().put("kind", "commissioning").put("element", name);
    }

    private void machine(String name, String address, String more) {
        tell("{'kind': 'wish', 'element': '" + name + "', 'type': 'virtual-machine', 'facts': {'address': '" + address
                + "'" + (more.isEmpty() ? "" : ", " + more) + "}}");
        tell("{'kind': 'commissioning', 'element': '" + name + "'}");
    }

    private void service(String name, String facts) {
        tell("{'kind': 'wish', 'element': '" + name + "', 'type': 'service', 'facts': {" + facts + "}}");
        tell("{'kind': 'commissioning', 'element': '" + name + "'}");
    }

    private void tell(String testimony) {
        STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private void tellAll(ArrayNode told) {
        JsonNode receipts = STORY.send(STORY.ops, "POST", "/api/v1/testimonies?customer=" + customer, Json.write(told))
                .expect(200)
                .get("receipts");
        for (JsonNode receipt : receipts)
            assertThat(receipt.get("status").intValue()).as(receipt.toString()).isEqualTo(201);
    }

    private JsonNode state(String element) {
        return STORY.get(robot, "/api/v1/elements/" + element + "?customer=" + customer)
                .expect(200)
                .at("/knowledge/state/monitored");
    }

    private String source(String element) {
        return STORY.get(robot, "/api/v1/elements/" + element + "/testimonies?customer=" + customer)
                .expect(200)
                .at("/items/0/source")
                .asString("");
    }

    private void awaitState(String element, String state) {
        Awaiting.until(LONG, () -> state(element).path("value").asString(""), state::equals);
    }
}
