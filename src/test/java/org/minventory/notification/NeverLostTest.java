package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Program;
import org.minventory.TestDatabase;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Receiver;
import org.minventory.testimony.Head;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * No notice is lost, whoever is killed: sixteen writers, of whose transactions some are taken back and some commit late,
 * a receiver that is busy or slow now and then, and a program that is killed two seconds after each of its starts. The
 * short form is for every day; {@code -Drelay.notices=100000} is the long one.
 */
class NeverLostTest {
    private static final int NOTICES = Integer.getInteger("relay.notices", 5_000);
    private static final int KILLS = 5;
    private static final int WRITERS = 16;
    private static final int CUSTOMERS = 8;
    private static final int ELEMENTS = 20;
    private static final int MOST_TOGETHER = Integer.getInteger("relay.together", 16);
    private static final int LATEST_COMMIT_MILLIS = 2_000;
    private static final double TAKEN_BACK = 0.05;
    private static final int MOST_REPEATED_PERCENT = 1;
    private static final long ALIVE_MILLIS = 2_000;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Receiver receiver = new Receiver().forgetting().answering(this::arrive);
    private final List<Place> places = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger takenBack = new AtomicInteger();
    private int port;
    private int kills;

    /** A customer and its elements. */
    private record Place(UUID customer, List<UUID> elements) {}

    /** What arrived, in its order. */
    private record Arrival(UUID customer, long no, String id, UUID element, String says) {}

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    /** What was committed, by customer and number. */
    private record Numbered(UUID customer, long no) {}

    private final Map<Numbered, String> committed = new ConcurrentHashMap<>();

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void noNoticeIsLostAndFewAreRepeatedWhenTheProgramIsKilledAgainAndAgain() throws Exception {
        port = Program.freePort();
        try (TestDatabase.DatabaseHandle database = TestDatabase.fresh();
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            Program program = start(database);
            found(program);
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) writing.add(writers.submit(() -> write(database)));
            while (kills < KILLS || !writing.stream().allMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(ALIVE_MILLIS);
                program.kill();
                kills++;
                program = start(database);
            }
            for (Future<?> one : writing) one.get();
            awaitNoneWaiting(database);
            program.stop();
        } finally {
            receiver.close();
            http.close();
        }
        noneIsLostNoneIsInvented();
        fewAreRepeatedAndUnderTheSameId();
        ofEachElementTheEarlierCameFirst();
    }

    // ---- the program, and whom it serves ----------------------------------------------------------------------------

    private Program start(TestDatabase.DatabaseHandle database) throws IOException, InterruptedException {
        return Program.serve(
                port,
                Map.of(
                        "MINVENTORY_DATABASE_PASSWORD", database.app().password(),
                        "MINVENTORY_DATABASE_OWNER_PASSWORD", database.owner().password()),
                "--data",
                folder.toString(),
                "--database-url",
                database.app().url(),
                "--database-user",
                database.app().user(),
                "--database-owner-user",
                database.owner().user(),
                "--allow-target",
                "127.0.0.1:" + receiver.port());
    }

    private void found(Program program) throws IOException, InterruptedException {
        String ops = post("/api/v1/setup", "", """
                {"setupToken": "%s", "operator": {"name": "Olga"}, "team": {"slug": "morel", "name": "Agence Morel"},
                 "ops": {"name": "Claire Morel"}}""".formatted(program.setupToken()))
                .at("/ops/token")
                .stringValue();
        for (int i = 0; i < CUSTOMERS; i++) {
            String slug = "customer-" + i;
            String id = post("/api/v1/customers", ops, "{\"slug\": \"%s\", \"name\": \"%s\"}".formatted(slug, slug))
                    .get("id")
                    .stringValue();
            List<UUID> elements = new ArrayList<>();
            for (int element = 0; element < ELEMENTS; element++)
                elements.add(UUID.fromString(post("/api/v1/testimonies?customer=" + slug, ops, """
                        {"kind": "wish", "element": "web-%d", "type": "server"}""".formatted(element))
                        .at("/element/id")
                        .stringValue()));
            places.add(new Place(UUID.fromString(id), elements));
            post("/api/v1/subscriptions", ops, """
                    {"customer": "%s", "channel": {"type": "webhook", "url": "%s"}, "notices": ["monitoring.state-changed"]}""".formatted(slug, receiver.url("/" + id)));
        }
    }

    private JsonNode post(String path, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isIn(200, 201);
        return Json.ours(answer.body());
    }

    // ---- those who write --------------------------------------------------------------------------------------------

    /** Stands for a transaction that fails at its end. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Void write(TestDatabase.DatabaseHandle database) throws InterruptedException {
        Tx tx = new Tx(new DriverManagerDataSource(
                database.app().url(), database.app().user(), database.app().password()));
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        while (written.get() < NOTICES) {
            Place place = places.get(chance.nextInt(CUSTOMERS));
            try {
                Map<Numbered, String> told = tx.longWrite(Scope.whole(place.customer()), db -> tell(db, place));
                committed.putAll(told);
                written.addAndGet(told.size());
            } catch (TakenBack meant) {
                takenBack.incrementAndGet();
            }
        }
        return null;
    }

    /** Under the customer's pen, as intake does it; the next writer of this customer waits for the commit. */
    private static Map<Numbered, String> tell(JdbcClient db, Place place) {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        Head head = Head.take(db, place.customer(), Instant.now());
        Map<Numbered, String> told = new HashMap<>();
        List<Notice> notices = new ArrayList<>();
        long no = number(db, place.customer());
        for (int i = chance.nextInt(MOST_TOGETHER); i >= 0; i--) {
            String says = UUID.randomUUID().toString();
            UUID element = place.elements().get(chance.nextInt(ELEMENTS));
            notices.add(new Notice(
                    Notice.Type.MONITORING_STATE_CHANGED,
                    Notice.Severity.INFO,
                    element,
                    head.seq(),
                    Json.object().put("state", says)));
            told.put(new Numbered(place.customer(), ++no), says);
        }
        Together writes = new Together();
        Outbox.put(writes, head, notices);
        head.keep(writes);
        writes.send(db);
        sleep(chance.nextInt(LATEST_COMMIT_MILLIS));
        if (chance.nextDouble() < TAKEN_BACK) throw new TakenBack();
        return told;
    }

    private static long number(JdbcClient db, UUID customer) {
        return db.sql("select no from customer_head where customer_id = ?")
                .param(customer)
                .query(Long.class)
                .single();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    // ---- who receives -----------------------------------------------------------------------------------------------

    private static final int BUSY_EVERY = 400;
    private static final int SLOW_EVERY = 350;
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    /** Busy or slow now and then; never twice in a row, or it would be left alone for minutes. */
    private Receiver.Answer arrive(Receiver.Request request) {
        JsonNode event = Json.ours(request.body());
        String says = event.at("/data/sentence").stringValue();
        int turn = asked.computeIfAbsent(request.path(), path -> new AtomicInteger())
                .incrementAndGet();
        if (turn % BUSY_EVERY == 0) return new Receiver.Answer(503);
        arrivals.add(new Arrival(
                UUID.fromString(request.path().substring(1)),
                event.at("/data/no").longValue(),
                request.headers().get("webhook-id"),
                UUID.fromString(event.get("subject").stringValue()),
                says));
        return turn % SLOW_EVERY == 0 ? new Receiver.Answer(200, Map.of(), SLOW) : Receiver.Answer.OK;
    }

    private static void awaitNoneWaiting(TestDatabase.DatabaseHandle database) throws InterruptedException {
        JdbcClient db = database.everything();
        long waiting = 1;
        for (int i = 0; i < 3_000 && waiting > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(200);
            waiting = db.sql("""
                            select (select count(*) from dispatch where state in ('waiting', 'sending'))
                                + (select coalesce(sum(h.no - coalesce(f.no, 0)), 0)
                                    from customer_head h left join fan_out f using (customer_id))""").query(Long.class).single();
        }
        assertThat(waiting).as("what waits, though nobody is killed any more").isZero();
    }

    // ---- what is left -----------------------------------------------------------------------------------------------

    private void noneIsLostNoneIsInvented() {
        assertThat(committed).hasSizeGreaterThanOrEqualTo(NOTICES);
        assertThat(takenBack.get()).as("transactions that were taken back").isPositive();
        Map<Numbered, String> arrived = new HashMap<>();
        for (Arrival one : arrivals) arrived.put(new Numbered(one.customer(), one.no()), one.says());
        Map<Numbered, String> told = new HashMap<>();
        committed.forEach((number, says) -> told.put(number, "Monitoring says: " + says + "."));
        assertThat(arrived.equals(told)).as(() -> differences(arrived, told)).isTrue();
    }

    private static String differences(Map<Numbered, String> arrived, Map<Numbered, String> told) {
        return told.keySet().stream().filter(one -> !arrived.containsKey(one)).count() + " lost, "
                + arrived.keySet().stream()
                        .filter(one -> !told.containsKey(one))
                        .count() + " invented";
    }

    private void fewAreRepeatedAndUnderTheSameId() {
        Map<Numbered, String> ids = new HashMap<>();
        int repeated = 0;
        for (Arrival one : arrivals) {
            String before = ids.put(new Numbered(one.customer(), one.no()), one.id());
            if (before == null) continue;
            repeated++;
            assertThat(one.id()).isEqualTo(before);
        }
        System.out.printf(
                "%d notices committed, %d transactions taken back, %d kills, %d arrivals, %d repeated%n",
                committed.size(), takenBack.get(), kills, arrivals.size(), repeated);
        assertThat(ids.values()).doesNotHaveDuplicates();
        assertThat(repeated).isLessThanOrEqualTo(NOTICES * MOST_REPEATED_PERCENT / 100);
    }

    private void ofEachElementTheEarlierCameFirst() {
        Map<UUID, Long> last = new HashMap<>();
        Map<Numbered, Boolean> seen = new HashMap<>();
        for (Arrival one : arrivals) {
            if (seen.put(new Numbered(one.customer(), one.no()), true) != null) continue;
            Long before = last.put(one.element(), one.no());
            assertThat(before == null || before < one.no())
                    .as("%s after %s of one element", one.no(), before)
                    .isTrue();
        }
    }
}
