package org.minventory.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Awaiting;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** The program as a person starts it: a process of its own, which is stopped, killed and started again. */
class DemoTest {
    private static final Path PROGRAMS = Path.of("target", "test-postgres").toAbsolutePath();
    private static final int STOPPED_BY_SIGTERM = 143;

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Program> programs = new ArrayList<>();
    private Path data;

    /** Other tests unpacked PostgreSQL's programs before; sixty megabytes less to write. */
    @BeforeEach
    void aFolderWithASpaceInItsName() throws IOException {
        data = Files.createDirectory(temporary.resolve("data of a demo"));
        if (!Files.isDirectory(PROGRAMS)) return;
        try (var folders = Files.list(PROGRAMS)) {
            for (Path folder : folders.filter(
                            one -> one.getFileName().toString().matches("bin-[0-9.]+"))
                    .toList()) Files.createSymbolicLink(data.resolve(folder.getFileName()), folder);
        }
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        for (Program program : programs) if (program.process.isAlive()) program.stop();
        http.close();
    }

    @Test
    void theStoryIsToldOnceAndKeptOverStopsAndKills() throws Exception {
        int port = freePort();
        Program first = start("demo", port);
        first.awaitReady(false);
        JsonNode credentials = credentials();
        assertThat(first.said()).contains("http://127.0.0.1:" + port + "/").doesNotContain("mnv_", "mns_");
        theCredentialsAreTheCasts(credentials, port);
        theStoryIs(credentials, port);
        long told = entries(credentials, port);
        first.stop();
        assertThat(first.process.exitValue()).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(data.resolve("pg18/postmaster.pid")).doesNotExist();

        // started again it is as it was, even on another port; killed without a word it leaves nothing in the way
        int other = freePort();
        Program second = start("demo", other);
        second.awaitReady(false);
        assertThat(credentials().at("/url").stringValue()).isEqualTo("http://127.0.0.1:" + other);
        assertThat(credentials().get("tokens")).isEqualTo(credentials.get("tokens"));
        assertThat(entries(credentials, other)).isEqualTo(told);
        second.process.destroyForcibly().waitFor();

        // a story that was cut off begins anew
        Files.writeString(data.resolve("demo-untold"), "");
        Program third = start("demo", other);
        third.awaitReady(true);
        assertThat(credentials().get("tokens")).isNotEqualTo(credentials.get("tokens"));
        assertThat(entries(credentials(), other)).isEqualTo(told);
        assertThat(data.resolve("demo-untold")).doesNotExist();
        third.stop();

        // and production does not take a demo for its own, nor the other way round
        Files.delete(data.resolve("demo-credentials.json"));
        Program fourth = start("demo", other);
        assertThat(fourth.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(fourth.process.exitValue()).isEqualTo(1);
        assertThat(fourth.said()).contains("holds an instance that is not the demo’s");
    }

    private static void theCredentialsAreTheCasts(JsonNode credentials, int port) {
        assertThat(credentials.propertyNames()).containsExactlyInAnyOrder("url", "tokens");
        assertThat(credentials.at("/url").stringValue()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(credentials.get("tokens").propertyNames())
                .containsExactlyInAnyOrder("ops", "cio", "stranger", "ansible", "monitoring");
    }

    private void theStoryIs(JsonNode credentials, int port) throws Exception {
        JsonNode half = element(credentials, port, "shop-db-1");
        assertThat(half.at("/memory/verdict").stringValue()).isEqualTo("diverges");
        assertThat(half.at("/memory/ordered/witness/name").stringValue()).isEqualTo("Claire Morel");
        assertThat(half.at("/memory/delivered/witness/name").stringValue()).isEqualTo("lshw@rescue");
        assertThat(half.at("/memory/delivered/ageSeconds").longValue())
                .isGreaterThan(Duration.ofDays(19).toSeconds());
        assertThat(half.at("/postgresql.version/verdict").stringValue()).isEqualTo("diverges");
        JsonNode whole = element(credentials, port, "shop-web-1");
        assertThat(whole.at("/memory/verdict").stringValue()).isEqualTo("agrees");
        assertThat(whole.at("/memory/delivered/display").stringValue()).isEqualTo("62.8 GiB");
        JsonNode twice = element(credentials, port, "intra-app-1");
        assertThat(twice.at("/memory/verdict").stringValue()).isEqualTo("agrees");
        assertThat(twice.at("/memory/deployed/others")).hasSize(1);
        assertThat(element(credentials, port, "vpn-shop")
                        .at("/method/deployed/freshness")
                        .stringValue())
                .isEqualTo("stale");
        assertThat(get(credentials, port, "cio", "/api/v1/deadlines?from=2026-01-01&until=2200-12-31")
                        .toString())
                .contains("\"renewal-due\"", "\"about\":\"PHP 8.2\"", "\"about\":\"Debian 12\"", "\"backup-proof\"")
                .contains("No restore was ever proven");
        assertThat(names(credentials, port, "cio")).contains("shop-db-1").doesNotContain("web-1", "harbour-1");
        assertThat(names(credentials, port, "ops"))
                .contains("shop-db-1", "web-1")
                .doesNotContain("harbour-1");
        assertThat(names(credentials, port, "stranger")).contains("harbour-1").doesNotContain("shop-db-1", "web-1");
        for (String language : List.of("fr", "en")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                            + "/api/v1/deliveries/shop-db-1/certificate?format=pdf&language=" + language))
                    .header(
                            "Authorization",
                            "Bearer " + credentials.at("/tokens/cio").stringValue())
                    .build();
            byte[] pdf =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
            try (PDDocument certificate = Loader.loadPDF(pdf)) {
                String said = new PDFTextStripper().getText(certificate);
                assertThat(said).contains("Claire Morel", "Hugo Lefèvre", "OVH-48213377", "32", "64");
                assertThat(said)
                        .contains(
                                language.equals("fr")
                                        ? "Réception prononcée avec réserves"
                                        : "Accepted with reservations");
            }
        }
        assertThat(names(credentials, port, "ansible")).isEqualTo(names(credentials, port, "monitoring"));
        whatMonitoringFoundIsTold(credentials, port);
        whatTimeBroughtIsTold(credentials, port);
    }

    /** Prometheus is told where to ask, Alertmanager says what it found: the page knows it, and the ops hears of it. */
    private void whatMonitoringFoundIsTold(JsonNode credentials, int port) throws Exception {
        assertThat(get(credentials, port, "monitoring", "/integrations/prometheus/targets")
                        .at("/0/targets")
                        .toString())
                .as("what is not delivered is not asked")
                .isEqualTo("[\"203.0.113.42:9113\"]");
        JsonNode state = element(credentials, port, "shop-web-1").at("/state/monitored");
        assertThat(state.at("/value").stringValue()).isEqualTo("warning");
        assertThat(Awaiting.until(() -> inbox(credentials, port, "ops"), all -> all.stream()
                        .anyMatch(one -> one.startsWith("monitoring.state-changed [shop-web-1]"))))
                .noneMatch(one -> one.startsWith("monitoring.state-changed [intra-app-1]"));
    }

    /** Nobody asked for it: the silence of the robot and the end of the domain stand in the inbox of the ops. */
    private void whatTimeBroughtIsTold(JsonNode credentials, int port) throws Exception {
        List<String> told = Awaiting.until(
                () -> inbox(credentials, port, "ops"),
                all -> all.stream().anyMatch(one -> one.startsWith("knowledge.stale [vpn-shop"))
                        && all.stream().anyMatch(one -> one.startsWith("deadline.near")));
        assertThat(told)
                .filteredOn(one -> one.startsWith("knowledge.stale [vpn-shop"))
                .singleElement()
                .asString()
                .contains("ansible@bastion");
        assertThat(told).filteredOn(one -> one.startsWith("deadline.near")).anySatisfy(one -> assertThat(one)
                .contains("acme-boutique.example"));
        assertThat(inbox(credentials, port, "stranger")).noneMatch(one -> one.contains("vpn-shop"));
    }

    private List<String> inbox(JsonNode credentials, int port, String who) {
        try {
            return get(credentials, port, who, "/api/v1/inbox?limit=100")
                    .get("items")
                    .valueStream()
                    .map(item -> item.at("/notice/type").stringValue() + " "
                            + item.at("/notice/elements")
                                    .valueStream()
                                    .map(element -> element.get("name").stringValue())
                                    .toList()
                            + " " + item.at("/notice/sentence").stringValue())
                    .toList();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private JsonNode element(JsonNode credentials, int port, String name) throws Exception {
        JsonNode found = get(credentials, port, "ops", "/api/v1/elements?customer=acme&q=" + name);
        for (JsonNode item : found.get("items"))
            if (item.get("name").stringValue().equals(name)) return item.get("knowledge");
        throw new AssertionError(name + " is not in " + found);
    }

    private List<String> names(JsonNode credentials, int port, String who) throws Exception {
        return get(credentials, port, who, "/api/v1/elements?limit=100")
                .get("items")
                .valueStream()
                .map(item -> item.get("name").stringValue())
                .toList();
    }

    private long entries(JsonNode credentials, int port) throws Exception {
        return get(credentials, port, "ops", "/api/v1/testimonies?customer=acme&limit=1000")
                .get("items")
                .size();
    }

    private JsonNode get(JsonNode credentials, int port, String who, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header(
                        "Authorization",
                        "Bearer " + credentials.at("/tokens/" + who).stringValue())
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(() -> new String(answer.body(), UTF_8))
                .isEqualTo(200);
        return Json.ours(answer.body());
    }

    private JsonNode credentials() throws IOException {
        Path file = data.resolve("demo-credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return Json.ours(Files.readAllBytes(file));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Program start(String command, int port) throws IOException {
        Program program = new Program(command, port);
        programs.add(program);
        return program;
    }

    /** The program in a process of its own. */
    private final class Program {
        private final Process process;
        private final Path said;
        private final int port;

        private Program(String command, int port) throws IOException {
            this.port = port;
            this.said = temporary.resolve("said-" + programs.size());
            this.process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Duser.language=en",
                            // what the launcher's jar has and a test does not: the program's own way of logging
                            "-Dlogback.configurationFile=logback.xml",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.minventory.Minventory",
                            command,
                            "--port",
                            Integer.toString(port),
                            "--data",
                            data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        }

        String said() throws IOException {
            return Files.readString(said);
        }

        /** Until the story is told the house stands, and says that it is not ready. */
        void awaitReady(boolean seenUnready) {
            List<Integer> seen = new ArrayList<>();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(process.isAlive()).as(this::lines).isTrue();
                        int status = ready();
                        seen.add(status);
                        return status == 200;
                    });
            assertThat(seen).as("what /health/ready said").isSubsetOf(0, 503, 200);
            if (seenUnready) assertThat(seen).contains(503);
        }

        private String lines() {
            try {
                return said();
            } catch (IOException gone) {
                return gone.toString();
            }
        }

        private int ready() throws InterruptedException {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                        .build();
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException notYet) {
                return 0;
            }
        }

        /** As systemd and a terminal stop it. */
        void stop() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
