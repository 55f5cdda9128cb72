package org.minventory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.WallClock;
import org.minventory.element.EndOfSupport;
import org.minventory.notification.channel.Outward;
import tools.jackson.databind.JsonNode;

/**
 * The cast of every test, on a server with its doors open, brought in through these doors as anybody would be: an ops
 * whose team Acme and Globex mandate, Acme's CIO, the stranger who is Zenith's CIO, and Acme's two robots.
 *
 * <pre>{@code
 * Story story = Story.told();
 * Reply reply = story.post(story.ops, "/api/v1/customers", "{'slug': 'initech', 'name': 'Initech'}");
 * assertThat(reply.status()).isEqualTo(201);
 * assertThat(reply.json().at("/slug").stringValue()).isEqualTo("initech");
 * }</pre>
 */
public final class Story implements AutoCloseable {
    /** Nobody. */
    public static final @Nullable String NOBODY = null;

    private static final double FAST = 1_000_000;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestDatabase.DatabaseHandle database;
    private final Server.Settings settings;
    private volatile Server server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Tokens of the cast. */
    public final String operator;

    public final String ops;
    public final String cio;
    public final String stranger;
    public final String ansible;
    public final String monitoring;

    /** The stranger's ops, of another team. */
    public final String strangersOps;

    /** A member of Acme, who reads. */
    public final String member;

    /** Identifiers of the customers. */
    public final String acme;

    public final String globex;
    public final String zenith;

    private Story(
            InstantSource clock,
            double rate,
            double burst,
            boolean founded,
            EndOfSupport endOfSupport,
            Outward outward) {
        this.database = TestDatabase.fresh();
        Server.Settings local = Server.Settings.local(0, database.owner(), database.app());
        this.settings = new Server.Settings(
                local.address(),
                0,
                local.owner(),
                local.app(),
                rate,
                burst,
                clock,
                endOfSupport,
                outward,
                local.masterKey());
        this.server = Server.start(settings);
        if (founded) server.open();
        if (!founded) {
            operator =
                    ops = cio = stranger = ansible = monitoring = strangersOps = member = acme = globex = zenith = "";
            return;
        }
        JsonNode founders = founded();
        operator = founders.at("/operator/token").stringValue();
        ops = founders.at("/ops/token").stringValue();
        acme = customer(ops, "acme", "Acme");
        globex = customer(ops, "globex", "Globex");
        cio = person(ops, "acme", "cio", "Alice of Acme");
        member = person(cio, "acme", "member", "Dora of Acme");
        ansible = robot(ops, "acme", "ansible", "read:inventory", "testify:*");
        monitoring = robot(ops, "acme", "monitoring", "read:inventory", "testify:monitoring-state");

        post(operator, "/api/v1/ops-teams", "{'slug': 'elsewhere', 'name': 'Elsewhere'}")
                .expect(201);
        strangersOps = post(operator, "/api/v1/ops-teams/elsewhere/members", "{'name': 'Victor of Elsewhere'}")
                .expect(201)
                .at("/token")
                .stringValue();
        zenith = customer(strangersOps, "zenith", "Zenith");
        stranger = person(strangersOps, "zenith", "cio", "Zoe of Zenith");
    }

    private JsonNode founded() {
        String setupToken = server.offerSetup().orElseThrow().text();
        return post(
                        NOBODY,
                        "/api/v1/setup",
                        "{'setupToken': '" + setupToken + "', 'operator': {'name': 'Olga'},"
                                + " 'team': {'slug': 'gardeners', 'name': 'Gardeners'},"
                                + " 'ops': {'name': 'Oscar of Gardeners'}}")
                .expect(201);
    }

    /** The story that all tests of this JVM may share; whoever changes what others rely on makes one of its own. */
    public static Story told() {
        return Shared.STORY;
    }

    /** A story of one's own, to be closed. */
    public static Story fresh() {
        return new Story(WallClock.MICROSECONDS, FAST, FAST, true, EndOfSupport.shipped(), Outward.USUAL);
    }

    /** An instance that is not open and that nobody has set up yet, to be closed. */
    public static Story closed() {
        return unfounded();
    }

    /** An instance that nobody has set up yet, to be closed. */
    public static Story unfounded() {
        return new Story(WallClock.MICROSECONDS, FAST, FAST, false, EndOfSupport.shipped(), Outward.USUAL);
    }

    /** A story of one's own on a clock of one's own, to be closed. */
    public static Story fresh(InstantSource clock) {
        return new Story(clock, FAST, FAST, true, EndOfSupport.shipped(), Outward.USUAL);
    }

    /** The same with days of one's own at which support ends. */
    public static Story fresh(InstantSource clock, EndOfSupport endOfSupport) {
        return new Story(clock, FAST, FAST, true, endOfSupport, Outward.USUAL);
    }

    /** A story of one's own, on a clock of one's own, whose notices may go where the operator says; to be closed. */
    public static Story fresh(InstantSource clock, Outward outward) {
        return new Story(clock, FAST, FAST, true, EndOfSupport.shipped(), outward);
    }

    /** A story of one's own with a limit on requests: so many a second, so many at once; the cast itself needs some. */
    public static Story fresh(InstantSource clock, double perSecond, double burst) {
        return new Story(clock, perSecond, burst, true, EndOfSupport.shipped(), Outward.USUAL);
    }

    private static final class Shared {
        private static final Story STORY = fresh();

        static {
            TestDatabase.beforeItEnds(STORY::stop);
        }
    }

    // ---- bringing somebody in

    /** Opens a customer and gives its identifier. */
    public String customer(String token, String slug, String name) {
        return post(token, "/api/v1/customers", "{'slug': '" + slug + "', 'name': '" + name + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
    }

    /** Brings a person of a customer in and gives the token. */
    public String person(String token, String customer, String role, String name) {
        return post(
                        token,
                        "/api/v1/witnesses",
                        "{'role': '" + role + "', 'name': '" + name + "', 'customer': '" + customer + "'}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
    }

    /** Brings a robot of a customer in and gives the token. */
    public String robot(String token, String customer, String name, String... scopes) {
        return post(
                        token,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': '" + name + "', 'customer': '" + customer
                                + "', 'token': {'scopes': ['" + String.join("', '", scopes) + "']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
    }

    /** A name that no other test uses. */
    public static String name(String beginning) {
        return beginning + "-" + NAMES.incrementAndGet();
    }

    // ---- speaking HTTP, every word of it held against openapi.yaml; single quotes in a body stand for double ones

    /** An answer. */
    public record Reply(int status, java.net.http.HttpHeaders headers, byte[] bytes) {
        /** The body as text. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The body as JSON. */
        public JsonNode json() {
            return Json.MAPPER.readTree(bytes);
        }

        /** A header, or nothing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The body as JSON, of an answer that has to have this status. */
        public JsonNode expect(int expected) {
            if (status != expected)
                throw new AssertionError("expected " + expected + ", got " + status + ": " + text());
            return bytes.length == 0 ? Json.object() : json();
        }
    }

    public Reply get(@Nullable String token, String path, String... headers) {
        return send(token, "GET", path, (byte[]) null, headers);
    }

    public Reply post(@Nullable String token, String path, String body, String... headers) {
        return send(token, "POST", path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply patch(@Nullable String token, String path, String body, String... headers) {
        return send(token, "PATCH", path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply delete(@Nullable String token, String path, String... headers) {
        return send(token, "DELETE", path, (byte[]) null, headers);
    }

    /** A body sent in pieces, without telling its length. */
    public Reply stream(@Nullable String token, String path, byte[] body, String... headers) {
        return send(
                token,
                "POST",
                path,
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                body,
                headers);
    }

    /** Any request; a body is JSON unless a header says otherwise. */
    public Reply send(@Nullable String token, String method, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.@Nullable BodyPublisher publisher =
                body == null ? null : HttpRequest.BodyPublishers.ofByteArray(body);
        return send(token, method, path, publisher, body, headers);
    }

    private Reply send(
            @Nullable String token,
            String method,
            String path,
            HttpRequest.@Nullable BodyPublisher body,
            byte @Nullable [] sent,
            String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : body);
        if (token != null) request.setHeader("Authorization", "Bearer " + token);
        if (body != null) request.setHeader("Content-Type", "application/json");
        for (int i = 0; i + 1 < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        HttpRequest asked = request.build();
        try {
            HttpResponse<byte[]> answer = http.send(asked, HttpResponse.BodyHandlers.ofByteArray());
            Reply reply = new Reply(answer.statusCode(), answer.headers(), answer.body());
            if (!path.startsWith("/ui"))
                Contract.TRUTH.hold(new Contract.Exchange(
                        method,
                        path,
                        asked.headers().firstValue("Content-Type").orElse(null),
                        isPacked(asked) ? null : sent,
                        reply.status(),
                        reply.header("Content-Type"),
                        reply.bytes()));
            return reply;
        } catch (IOException broken) {
            throw new UncheckedIOException(method + " " + path, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static boolean isPacked(HttpRequest asked) {
        return asked.headers().firstValue("Content-Encoding").isPresent();
    }

    /** The day by the server's own clock. */
    public LocalDate today() {
        return LocalDate.ofInstant(server.room(InstantSource.class).instant(), ZoneOffset.UTC);
    }

    /** The server, for its rooms. */
    public Server server() {
        return server;
    }

    /** Stops the server; the database stays. */
    public void stop() {
        server.close();
    }

    /** Starts the server again on what it left, at another port. */
    public void startAgain() {
        server = oneMore();
    }

    /** One more server on the same database, open; whoever asks for it closes it. */
    public Server oneMore() {
        Server more = Server.start(settings);
        more.open();
        return more;
    }

    /** The database, for a look behind the doors. */
    public TestDatabase.DatabaseHandle database() {
        return database;
    }

    @Override
    public void close() {
        http.close();
        server.close();
        database.close();
    }

    /** A clock that stands until it is moved. */
    public static final class StandingClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        /** Moves it on to that instant. */
        public void passTo(Instant then) {
            now = then;
        }

        /** Moves it on. */
        public void pass(Duration time) {
            now = now.plus(time);
        }
    }
}
