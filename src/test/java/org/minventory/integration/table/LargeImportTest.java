package org.minventory.integration.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Program;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** Ten thousand lines: looked at first, three bad ones named, killed in the middle and run again, and all is there once. */
class LargeImportTest {
    private static final int LINES = 10_000;
    private static final Set<Integer> BAD = Set.of(17, 4_321, 9_998);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final byte[] table = table();
    private int port;
    private String token = "";

    private static byte[] table() {
        StringBuilder table = new StringBuilder("Nom;RAM (Go);Nb cœurs;Adresse IP;Site;Commentaire\n");
        for (int i = 0; i < LINES; i++)
            table.append("srv-%05d;%s;8;10.%d.%d.%d;Gravelines;\"baie %d; étage 2\"\n"
                    .formatted(i, BAD.contains(i) ? "beaucoup" : "32", i / 10_000, i / 100 % 100, i % 100 + 1, i % 40));
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void anImportThatWasKilledIsRunAgainAndComesToTheSameEnd() throws Exception {
        port = Program.freePort();
        Program program = start();
        try {
            found(program);
            List<JsonNode> rehearsed = lines(importing("&dryRun=true"));
            assertSummary(rehearsed, LINES - BAD.size(), 0);
            assertThat(badLines(rehearsed)).containsExactly(19, 4_323, 10_000);
            assertThat(progress(rehearsed)).hasSize(LINES / 1_000).isSorted();
            assertThat(elements()).isZero();

            int taken = takenWhenKilled(program);
            assertThat(taken).isBetween(1_000, LINES - 1_000);
            program = start();
            List<JsonNode> again = lines(importing(""));
            int confirmed = summary(again).get("confirmed").intValue();
            assertThat(confirmed).isBetween(taken, LINES - BAD.size() - 1);
            assertSummary(again, LINES - BAD.size() - confirmed, confirmed);
            assertThat(badLines(again)).containsExactly(19, 4_323, 10_000);
            assertThat(elements()).isEqualTo(LINES - BAD.size());
            assertThat(testimonies()).as("told twice, recorded once").isEqualTo(LINES - BAD.size());
        } finally {
            program.stop();
        }
    }

    /** Reads the answer while it comes, kills the program in its middle, and gives how many lines had been answered. */
    private int takenWhenKilled(Program program) throws Exception {
        int receipts = 0;
        try (BufferedReader answer = new BufferedReader(new InputStreamReader(importing(""), StandardCharsets.UTF_8))) {
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith("{\"receipt\"")) receipts++;
                if (line.startsWith("{\"progress\"")
                        && Json.ours(line.getBytes(StandardCharsets.UTF_8))
                                        .at("/progress/percent")
                                        .intValue()
                                >= 30) program.kill();
                assertThat(line).doesNotStartWith("{\"summary\"");
            }
        } catch (IOException brokenOff) {
            assertThat(receipts).isPositive();
        }
        return receipts - BAD.size();
    }

    private static void assertSummary(List<JsonNode> lines, int recorded, int confirmed) {
        JsonNode summary = summary(lines);
        assertThat(List.of(
                        summary.get("lines").intValue(),
                        summary.get("recorded").intValue(),
                        summary.get("confirmed").intValue(),
                        summary.get("refused").intValue()))
                .containsExactly(LINES, recorded, confirmed, BAD.size());
    }

    private static JsonNode summary(List<JsonNode> lines) {
        return lines.getLast().get("summary");
    }

    private static List<Integer> badLines(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.path("receipt"))
                .filter(receipt -> receipt.path("status").asInt(0) >= 400)
                .map(receipt -> receipt.get("line").intValue())
                .toList();
    }

    private static List<Integer> progress(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.has("progress"))
                .map(line -> line.at("/progress/percent").intValue())
                .toList();
    }

    // ---- a program of its own

    private Program start() throws IOException, InterruptedException {
        return Program.serve(port, Map.of(), "--data", folder.toString());
    }

    private void found(Program program) throws Exception {
        JsonNode tokens = post("/api/v1/setup", """
                {"setupToken": "%s", "operator": {"name": "Olga"}, "team": {"slug": "morel", "name": "Agence Morel"},
                 "ops": {"name": "Claire Morel"}}""".formatted(program.setupToken()));
        token = tokens.at("/ops/token").stringValue();
        post("/api/v1/customers", "{\"slug\": \"acme\", \"name\": \"Acme\"}");
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return Json.ours(answer.body());
    }

    private InputStream importing(String query) throws Exception {
        HttpResponse<InputStream> answer = http.send(
                request("/api/v1/imports/csv?customer=acme" + query)
                        .header("Content-Type", "text/csv")
                        .header("Accept", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(table))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static List<JsonNode> lines(InputStream answer) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (answer) {
            new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> lines.add(Json.ours(line.getBytes(StandardCharsets.UTF_8))));
        }
        return lines;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return request;
    }

    /** Walks a list page by page. */
    private Set<String> ids(String path) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String after = ""; after != null; ) {
            HttpResponse<byte[]> answer = http.send(
                    request(path + "&fields=id&limit=1000" + after).build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode page = Json.ours(answer.body());
            page.get("items").forEach(item -> ids.add(item.get("id").stringValue()));
            after = page.get("next").isNull()
                    ? null
                    : "&after=" + page.get("next").stringValue();
        }
        return ids;
    }

    private int elements() throws Exception {
        return ids("/api/v1/elements?customer=acme").size();
    }

    private int testimonies() throws Exception {
        return ids("/api/v1/testimonies?customer=acme&source=table").size();
    }
}
