package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Awaiting;
import org.minventory.Program;
import org.minventory.Story;
import org.minventory.Tool;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The real Prometheus and Alertmanager, with the configurations that we give out: only addresses and waits differ. */
class RealPrometheusTest {
    private static final Path SHIPPED = Path.of("integrations/prometheus");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Story STORY = Story.fresh();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Proxy proxy = new Proxy(URI.create(STORY.server().url()));
    private final String customer = Story.name("watch");
    private final int prometheusPort;
    private final int alertmanagerPort;

    @TempDir
    private Path folder;

    {
        STORY.customer(STORY.ops, customer, "Watched");
    }

    private final String robot =
            STORY.robot(STORY.ops, customer, "watcher", "read:inventory", "testify:monitoring-state");

    RealPrometheusTest() throws IOException {
        prometheusPort = Program.freePort();
        alertmanagerPort = Program.freePort();
    }

    @AfterEach
    void end() {
        proxy.close();
        http.close();
    }

    @AfterAll
    static void close() {
        STORY.close();
    }

    // ---------------------------------------------------------------- what we give out

    @Test
    void theConfigurationsThatWeGiveOutAreAcceptedAsTheyAre() {
        assertThat(Tool.run(folder, "promtool", "check", "config", SHIPPED + "/prometheus.yml"))
                .contains("2 rules found");
        assertThat(Tool.run(folder, "amtool", "check-config", SHIPPED + "/alertmanager.yml"))
                .contains("1 receivers");
    }

    // ---------------------------------------------------------------- what is watched, and what is found

    @Test
    void prometheusTakesWhatIsThereKeepsItWhileWeFailAndWhatItFindsComesBack() throws Exception {
        machine("box-1", "198.51.100.7");
        tell("{'kind': 'wish', 'element': 'shop', 'type': 'service', 'facts': {'url': 'https://shop.invalid/a?b=%22',"
                + " 'tags': ['prod'], 'project': '{{ $labels }} «é»', 'runs-on': ['box-1']}}");
        tell("{'kind': 'commissioning', 'element': 'shop'}");
        try (Tool alertmanager = alertmanager("0");
                Tool prometheus = prometheus()) {
            awaitTargets("minventory box-1 198.51.100.7:9100", "minventory-probes shop https://shop.invalid/a?b=%22");

            proxy.busyFor(Integer.MAX_VALUE);
            machine("box-2", "2001:db8::7");
            int before = proxy.refused();
            Awaiting.until(LONG, proxy::refused, refused -> refused > before + 6);
            assertThat(targets())
                    .as(prometheus.said())
                    .containsExactly(
                            "minventory box-1 198.51.100.7:9100",
                            "minventory-probes shop https://shop.invalid/a?b=%22");

            proxy.busyFor(0);
            awaitTargets(
                    "minventory box-1 198.51.100.7:9100",
                    "minventory box-2 [2001:db8::7]:9100",
                    "minventory-probes shop https://shop.invalid/a?b=%22");

            // nobody answers there: the alert finds the element by the id that went all the way round
            awaitState("box-1", "critical");
            awaitState("box-2", "critical");
            assertThat(proxy.answers()).as(alertmanager.said()).containsOnly(200);
        }
    }

    // ---------------------------------------------------------------- what fires, and what is over

    @Test
    void whatFiresAndWhatIsOverArriveAlsoWhereWeWereBusy() throws Exception {
        machine("box-1", "198.51.100.7");
        try (Tool alertmanager = alertmanager("0")) {
            alert("Disk", "box-1", "critical", true);
            awaitState("box-1", "critical");

            // one message, which fires, holds one that is over
            alert("Disk", "box-1", "critical", false);
            alert("Load", "box-1", "warning", true);
            awaitState("box-1", "warning");

            proxy.busyFor(2);
            alert("Load", "box-1", "warning", false);
            awaitState("box-1", "ok");
            assertThat(proxy.refused()).as(alertmanager.said()).isEqualTo(2);
            assertThat(proxy.answers()).containsOnly(200);
        }
    }

    @Test
    void ofWhatAMessageLeavesOutNothingIsConcluded() throws Exception {
        machine("box-1", "198.51.100.7");
        machine("box-2", "198.51.100.8");
        try (Tool alertmanager = alertmanager("1")) {
            alert("Disk", "box-1", "critical", true);
            awaitState("box-1", "critical");
            alert("Disk", "box-2", "critical", true);
            Awaiting.until(LONG, proxy::taken, taken -> taken.stream()
                    .anyMatch(message -> message.contains("\"truncatedAlerts\":1")));
            assertThat(state("box-1")).as(alertmanager.said()).isEqualTo("critical");
            assertThat(proxy.answers()).containsOnly(200);
        }
    }

    // ---------------------------------------------------------------- the programs

    private Tool prometheus() throws IOException, InterruptedException {
        String config = Files.readString(SHIPPED.resolve("prometheus.yml"))
                .replace("http://127.0.0.1:8080", proxy.url())
                .replace("127.0.0.1:9093", "127.0.0.1:" + alertmanagerPort)
                .replace("127.0.0.1:9115", "127.0.0.1:" + Program.freePort())
                .replace("/etc/prometheus/minventory.token", token())
                .replace("refresh_interval: 60s", "refresh_interval: 1s")
                .replace("scrape_interval: 30s", "scrape_interval: 1s\n  evaluation_interval: 1s");
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.writeString(
                folder.resolve("minventory.rules.yml"),
                Files.readString(SHIPPED.resolve("minventory.rules.yml")).replace("for: 2m", "for: 0s"));
        return ready(
                Tool.start(
                        folder.resolve("prometheus.log"),
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + prometheusPort),
                prometheusPort);
    }

    private Tool alertmanager(String most) throws IOException, InterruptedException {
        String config = Files.readString(SHIPPED.resolve("alertmanager.yml"))
                .replace("http://127.0.0.1:8080", proxy.url())
                .replace("/etc/prometheus/minventory.token", token())
                .replace("max_alerts: 0", "max_alerts: " + most)
                .replace("group_wait: 10s", "group_wait: 0s")
                .replace("group_interval: 1m", "group_interval: 1s");
        Path file = Files.writeString(folder.resolve("alertmanager.yml"), config);
        return ready(
                Tool.start(
                        folder.resolve("alertmanager.log"),
                        "prometheus-alertmanager",
                        "--config.file=" + file,
                        "--storage.path=" + folder.resolve("alerts"),
                        "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                        "--cluster.listen-address="),
                alertmanagerPort);
    }

    private String token() throws IOException {
        return Files.writeString(folder.resolve("minventory.token"), robot + "\n")
                .toString();
    }

    /** The program, once it answers; closed where it never does. */
    private Tool ready(Tool program, int port) {
        try {
            Awaiting.until(LONG, () -> status(port), status -> status == 200);
            return program;
        } catch (AssertionError never) {
            String said = program.said();
            program.close();
            throw new AssertionError(said, never);
        }
    }

    private int status(int port) {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready")))
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(LONG).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    // ---------------------------------------------------------------- asking and telling

    private void machine(String name, String address) {
        tell("{'kind': 'commissioning', 'element': '" + name + "', 'type': 'server', 'create': true}");
        tell("{'kind': 'wish', 'element': '" + name + "', 'facts': {'address': '" + address + "'}}");
    }

    private void tell(String testimony) {
        STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    /** What Alertmanager is told, as Prometheus would. */
    private void alert(String name, String element, String severity, boolean fires) throws IOException {
        ArrayNode alerts = Json.MAPPER.createArrayNode();
        var alert = alerts.addObject();
        alert.putObject("labels")
                .put("alertname", name)
                .put("minventory_id", element)
                .put("severity", severity);
        if (!fires) alert.put("endsAt", Instant.now().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + alertmanagerPort + "/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(alerts)));
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    private String state(String element) {
        return STORY.get(robot, "/api/v1/elements/" + element + "?customer=" + customer)
                .expect(200)
                .at("/knowledge/state/monitored/value")
                .asString("");
    }

    private void awaitState(String element, String state) {
        Awaiting.until(LONG, () -> state(element), state::equals);
    }

    private void awaitTargets(String... targets) {
        Awaiting.until(LONG, this::targets, Set.of(targets)::equals);
    }

    /** Job, element and instance of what Prometheus watches. */
    private Set<String> targets() {
        try {
            JsonNode told = Json.tree(send(HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + prometheusPort + "/api/v1/targets?state=active")))
                    .body());
            Set<String> targets = new TreeSet<>();
            for (JsonNode each : told.at("/data/activeTargets")) {
                JsonNode labels = each.get("labels");
                targets.add(String.join(
                        " ",
                        labels.path("job").asString(""),
                        labels.path("element").asString(""),
                        labels.path("instance").asString("")));
            }
            return targets;
        } catch (IOException away) {
            throw new AssertionError(away);
        }
    }
}
