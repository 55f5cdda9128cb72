package org.minventory.cli;

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
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Languages;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Somebody before the doors of a running Minventory, who speaks HTTP like everybody else. */
final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * @param url where it answers, with or without a slash at the end
     * @throws Unanswered where that is no address of the web
     */
    Visitor(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!this.url.matches("https?://[^/\\s]+(/\\S*)?")) throw new Unanswered(Said.here("unfit-url", url), null);
    }

    String url() {
        return url;
    }

    /**
     * Reads.
     *
     * @throws Unanswered with what the server says, or that none is there
     */
    JsonNode get(String token, String path) {
        return read(
                send(request(path).header("Authorization", "Bearer " + token).build()));
    }

    /**
     * Posts, and reads the answer.
     *
     * @param token null for a door that is open to all
     * @throws Unanswered with what the server says, or that none is there
     */
    JsonNode post(@Nullable String token, String path, JsonNode body) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        if (token != null) request.header("Authorization", "Bearer " + token);
        return read(send(request.build()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header("Accept-Language", language());
    }

    private URI uri(String path) {
        try {
            return URI.create(url + path);
        } catch (IllegalArgumentException unfit) {
            throw new Unanswered(Said.here("unfit-url", url), unfit);
        }
    }

    /**
     * Sends a file, and hears the answer line by line while it comes.
     *
     * @throws Unanswered with what the server says, or that none is there
     */
    void importing(String token, String path, String mediaType, Path file, Consumer<JsonNode> line) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", mediaType)
                .header("Accept", "application/x-ndjson")
                .header("Accept-Language", language())
                .header("Authorization", "Bearer " + token);
        try {
            request.POST(HttpRequest.BodyPublishers.ofFile(file));
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                if (answer.statusCode() != 200)
                    throw new Unanswered(
                            problem(document(lines.lines().collect(Collectors.joining("\n"))), answer.statusCode()),
                            answer.statusCode());
                for (String told = lines.readLine(); told != null; told = lines.readLine()) line.accept(document(told));
            }
        } catch (JacksonException notOurs) {
            throw new Unanswered(Said.here("not-minventory", url, 200), notOurs);
        } catch (IOException gone) {
            throw new Unanswered(Said.here("nobody-answers", url), gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unanswered(Said.here("nobody-answers", url), stopped);
        }
    }

    private static JsonNode document(String line) {
        return Json.ours(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String language() {
        return Languages.nearest(Locale.getDefault(Locale.Category.DISPLAY)).getLanguage();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException nobody) {
            throw new Unanswered(Said.here("nobody-answers", url), nobody);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unanswered(Said.here("nobody-answers", url), stopped);
        }
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        try {
            JsonNode document = answer.body().length == 0 ? Json.object() : Json.ours(answer.body());
            if (answer.statusCode() / 100 == 2) return document;
            throw new Unanswered(problem(document, answer.statusCode()), answer.statusCode());
        } catch (JacksonException notOurs) {
            throw new Unanswered(Said.here("not-minventory", url, answer.statusCode()), notOurs);
        }
    }

    /** The sentences of a problem (RFC 9457), each once and with its place. */
    static String problem(JsonNode document, int status) {
        String detail = document.path("detail").asString(document.path("title").asString(Integer.toString(status)));
        StringBuilder said = new StringBuilder(detail);
        for (JsonNode error : document.path("errors")) {
            String pointer = error.path("pointer").asString("");
            String sentence = error.path("detail").asString("");
            if (!sentence.equals(detail))
                said.append(' ').append(pointer).append(": ").append(sentence);
            else if (!pointer.isEmpty()) said.append(" (").append(pointer).append(')');
        }
        return said.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
