package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.base.EmbeddedPostgres;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.testimony.Chain;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * What was acknowledged is there, whatever is killed. The short form kills the program and its PostgreSQL a few times
 * each under eight writers; {@code -Dsurvival.kills=20} is the long one.
 */
class SurvivalTest {
    private static final int WRITERS = 8;
    private static final int KILLS = Integer.getInteger("survival.kills", 2);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private int port;
    private String customer = "";
    private String token = "";

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostWhenTheProgramAndItsDatabaseAreKilled() throws Exception {
        port = Program.freePort();
        Program program = start();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            found(program);
            List<Future<?>> written = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                written.add(writers.submit(() -> write(number)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                waitForMore();
                program.kill();
                program = start();
                waitForMore();
                killPostgres();
            }
            waitForMore();
            writing.set(false);
            for (Future<?> one : written) one.get(60, TimeUnit.SECONDS);
        } finally {
            writing.set(false);
            writers.shutdownNow();
            program.stop();
        }
        everyAcknowledgedTestimonyIsThereAndTheChainHolds();
    }

    // ---- the program in a process of its own
    // --------------------------------------------------------------------------

    private Program start() throws IOException, InterruptedException {
        return Program.serve(port, Map.of(), "--data", folder.toString());
    }

    private void killPostgres() throws IOException {
        long process = Long.parseLong(
                Files.readAllLines(folder.resolve("pg18/postmaster.pid")).getFirst());
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    // ---- those who write
    // ----------------------------------------------------------------------------------------------

    private void found(Program program) throws Exception {
        JsonNode tokens = post("/api/v1/setup", null, null, """
                {"setupToken": "%s", "operator": {"name": "Olga"}, "team": {"slug": "morel", "name": "Agence Morel"},
                 "ops": {"name": "Claire Morel"}}""".formatted(program.setupToken()));
        token = tokens.at("/ops/token").stringValue();
        customer = post("/api/v1/customers", token, null, "{\"slug\": \"acme\", \"name\": \"Acme\"}")
                .get("id")
                .stringValue();
        for (int element = 0; element < 20; element++)
            post(
                    "/api/v1/testimonies",
                    token,
                    null,
                    "{\"kind\":\"wish\",\"element\":\"web-%d\",\"type\":\"server\"}".formatted(element));
    }

    /** Each testimony has a key, and is told again under it until it is acknowledged. */
    private Void write(int writer) throws InterruptedException {
        for (int number = 0; writing.get(); number++) {
            String key = writer + "-" + number;
            String told = "{\"kind\":\"survey\",\"element\":\"web-%d\",\"facts\":{\"kernel\":\"%s\"}}"
                    .formatted(number % 20, key);
            while (!acknowledged.containsKey(key) && writing.get()) {
                try {
                    acknowledged.put(key, post("/api/v1/testimonies", token, key, told));
                } catch (IOException away) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }
        return null;
    }

    private JsonNode post(String path, String bearer, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        if (key != null) request.header("Idempotency-Key", key);
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() == 503) throw new IOException(text);
        assertThat(answer.statusCode()).as(text).isIn(200, 201);
        return Json.ours(answer.body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void waitForMore() throws InterruptedException {
        int before = acknowledged.size();
        for (int i = 0; i < 300 && acknowledged.size() < before + 100; i++) TimeUnit.MILLISECONDS.sleep(100);
        assertThat(acknowledged.size()).as("writers go on").isGreaterThan(before);
    }

    // ---- what is left
    // -------------------------------------------------------------------------------------------------

    private void everyAcknowledgedTestimonyIsThereAndTheChainHolds() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            EmbeddedPostgres.Connection app = postgres.app();
            Tx tx = new Tx(new DriverManagerDataSource(app.url(), app.user(), app.password()));
            UUID acme = UUID.fromString(customer);
            Set<String> recorded = new HashSet<>();
            List<Long> surveys = new ArrayList<>();
            tx.longRead(Scope.whole(acme), db -> {
                byte[][] chain = {Chain.beginning()};
                long[] seq = {0};
                Testimonies.each(db, acme, Long.MAX_VALUE, entry -> {
                    assertThat(entry.seq()).isEqualTo(++seq[0]);
                    chain[0] = Chain.link(acme, entry.seq(), chain[0], entry.body());
                    assertThat(entry.chain()).isEqualTo(chain[0]);
                    JsonNode header = Json.ours(entry.header());
                    recorded.add(header.get("id").stringValue());
                    if (header.get("kind").stringValue().equals("survey")) surveys.add(entry.seq());
                });
                return null;
            });
            assertThat(acknowledged).hasSizeGreaterThan(100 * KILLS);
            assertThat(acknowledged.values()).allSatisfy(receipt -> assertThat(recorded)
                    .contains(receipt.get("id").stringValue()));
            assertThat(surveys.size())
                    .as("told twice, counted once")
                    .isBetween(acknowledged.size(), acknowledged.size() + WRITERS);
        }
    }

    // ---- the same words at once
    // ---------------------------------------------------------------------------------------

    @Test
    void fiftyAtOnceUnderOneKeyAreOneTestimony() throws Exception {
        Story story = Story.told();
        String name = Story.name("once");
        story.post(
                story.ops,
                "/api/v1/testimonies?customer=acme",
                "{'kind':'wish','element':'" + name + "','type':'server'}");
        String told = "{'kind':'survey','element':'" + name + "','facts':{'kernel':'6.1'}}";
        List<Callable<Story.Reply>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++)
            all.add(() ->
                    story.post(story.ops, "/api/v1/testimonies?customer=acme", told, "Idempotency-Key", "key-" + name));
        Set<String> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            for (Future<Story.Reply> one : threads.invokeAll(all)) {
                assertThat(one.get().status()).isIn(200, 201, 409);
                if (one.get().status() != 409)
                    ids.add(one.get().json().get("id").stringValue());
            }
        }
        assertThat(ids).hasSize(1);
    }
}
