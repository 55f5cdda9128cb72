package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.minventory.Npm;
import org.minventory.Scissors;
import org.minventory.Story;
import org.minventory.base.Json;

/** The stream of notices: who is cut off comes back and misses nothing, hears nothing twice; nobody hears another's. */
class EventsTest {
    private static final int CUTS = 100;
    private static final int STREAMS_OF_ONE_TOKEN = 20;

    private final Story story = Story.told();
    private final String customer = Story.name("stream");

    {
        story.customer(story.ops, customer, "Stream");
    }

    private final String cio = story.person(story.ops, customer, "cio", "Stella Stream");

    private record Event(String id, String data) {}

    /** An open stream. */
    private final class Listening implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpResponse<java.io.InputStream> response;
        private final BufferedReader lines;
        private @Nullable String id;

        Listening(String token, @Nullable String lastId) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(story.server().url() + "/api/v1/events?notices=monitoring.state-changed"))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "text/event-stream");
            if (lastId != null) request.header("Last-Event-ID", lastId);
            try {
                response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next event with data; ids that come alone are remembered on the way. */
        Event next() {
            try {
                String data = null;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) id = line.substring(4);
                    if (line.startsWith("data: ")) data = line.substring(6);
                    if (line.isEmpty() && data != null) return new Event(String.valueOf(id), data);
                }
                throw new AssertionError("the stream ended");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** The place that is told at the beginning. */
        String place() {
            try {
                String line = lines.readLine();
                while (line != null && !line.startsWith("id: ")) line = lines.readLine();
                if (line == null) throw new AssertionError("the stream ended");
                id = line.substring(4);
                return id;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    private void says(String element, String state) {
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'monitoring-state', 'element': '" + element
                                + "', 'type': 'server', 'create': true, 'facts': {'state': '" + state + "'}}")
                .expect(201);
    }

    private static String element(Event event) {
        return Json.MAPPER.readTree(event.data()).at("/elements/0/name").stringValue();
    }

    @Test
    void whoIsCutOffAHundredTimesMissesNothingAndHearsNothingTwice() {
        RandomGenerator chance = RandomGenerator.of("L64X128MixRandom");
        List<String> heard = new ArrayList<>();
        String place;
        try (Listening first = new Listening(cio, null)) {
            assertThat(first.response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            place = first.place();
        }
        int told = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            int more = 1 + chance.nextInt(3);
            for (int i = 0; i < more; i++) says("box-" + told++, "critical");
            try (Listening again = new Listening(cio, place)) {
                int listened = chance.nextInt(told - heard.size() + 1);
                for (int i = 0; i < listened; i++) {
                    Event event = again.next();
                    heard.add(element(event));
                    place = event.id();
                }
            }
        }
        try (Listening last = new Listening(cio, place)) {
            while (heard.size() < told) heard.add(element(last.next()));
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < told; i++) all.add("box-" + i);
        assertThat(heard).isEqualTo(all);
    }

    /** The npm package {@code eventsource}, which comes back by itself with the id that it heard last. */
    @Test
    void theEventSourceThatOthersUseIsCutOffAndMissesNothing() throws IOException {
        try (Scissors scissors = new Scissors(URI.create(story.server().url()).getPort())) {
            Process listener = Npm.start(
                    "listen-events.mjs",
                    "http://127.0.0.1:" + scissors.port() + "/api/v1/events?notices=monitoring.state-changed",
                    cio);
            try (BufferedReader heard = listener.inputReader(StandardCharsets.UTF_8)) {
                for (int round = 0; round < 3; round++) {
                    assertThat(heard.readLine()).isEqualTo("open");
                    for (int i = 0; i < 5; i++) {
                        String box = "cut-" + round + "-" + i;
                        says(box, "critical");
                        assertThat(heard.readLine()).isEqualTo(box);
                    }
                    scissors.cut();
                    String meanwhile = "meanwhile-" + round;
                    says(meanwhile, "critical");
                    assertThat(heard.readLine()).isEqualTo("open");
                    assertThat(heard.readLine()).isEqualTo(meanwhile);
                    scissors.cut();
                }
            } finally {
                listener.destroy();
            }
        }
    }

    @Test
    void nobodyHearsOfAnothersElements() {
        try (Listening stranger = new Listening(story.stranger, null);
                Listening own = new Listening(cio, null)) {
            stranger.place();
            own.place();
            says("hidden", "critical");
            assertThat(element(own.next())).isEqualTo("hidden");
            String zenith = Story.name("seen");
            story.post(
                            story.strangersOps,
                            "/api/v1/testimonies?customer=zenith",
                            "{'kind': 'monitoring-state', 'element': '" + zenith
                                    + "', 'type': 'server', 'create': true, 'facts': {'state': 'critical'}}")
                    .expect(201);
            assertThat(element(stranger.next())).isEqualTo(zenith);
        }
    }

    @Test
    void whoAsksForTheHeadersAloneKeepsNothingOpen() {
        for (int i = 0; i <= STREAMS_OF_ONE_TOKEN; i++) {
            Story.Reply head = story.send(cio, "HEAD", "/api/v1/events", (byte[]) null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        }
        try (Listening still = new Listening(cio, null)) {
            assertThat(still.response.statusCode()).isEqualTo(200);
            assertThat(still.place()).isNotEmpty();
        }
    }

    @Test
    void aPlaceThatIsNoneIsRefusedAndWithoutATokenNobodyListens() {
        assertThat(story.get(cio, "/api/v1/events?after=nonsense").status()).isEqualTo(400);
        assertThat(story.get(cio, "/api/v1/events?notices=rumours").status()).isEqualTo(400);
        assertThat(story.get(Story.NOBODY, "/api/v1/events").status()).isEqualTo(401);
    }
}
