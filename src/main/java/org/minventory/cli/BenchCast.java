package org.minventory.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who speaks in the bench, and what they say; brought in and told through the doors that everybody has. */
final class BenchCast {
    private static final String TESTIMONIES = "/api/v1/testimonies";
    private static final String[] SITES = {"Gravelines", "Falkenstein", "Paris"};
    private static final int PER_INFRASTRUCTURE = 100;
    private static final int LINES = 5_000;

    private final BenchServer server;
    private final String operator;
    private final String ops;

    private BenchCast(BenchServer server, String operator, String ops) {
        this.server = server;
        this.operator = operator;
        this.ops = ops;
    }

    /** Sets the instance up. */
    static BenchCast bringIn(BenchServer server) {
        ObjectNode setup = Json.object().put("setupToken", server.setupToken());
        setup.putObject("operator").put("name", "Bench Operator");
        setup.putObject("team").put("slug", "bench").put("name", "Bench");
        setup.putObject("ops").put("name", "Bench Ops");
        try (Visitor visitor = new Visitor(server.url())) {
            JsonNode founded = visitor.post(null, "/api/v1/setup", setup);
            return new BenchCast(
                    server,
                    founded.at("/operator/token").stringValue(),
                    founded.at("/ops/token").stringValue());
        }
    }

    /** The same people before another server of the same database. */
    BenchCast before(BenchServer another) {
        return new BenchCast(another, operator, ops);
    }

    BenchServer server() {
        return server;
    }

    /** May read the server's figures. */
    String operator() {
        return operator;
    }

    /** Opens a customer, with as many robots as connections will speak for it: no token is used faster than it may be. */
    List<String> customer(String slug, int robots) {
        List<String> tokens = new ArrayList<>();
        try (Visitor visitor = new Visitor(server.url())) {
            visitor.post(
                    ops, "/api/v1/customers", Json.object().put("slug", slug).put("name", slug));
            for (int i = 0; i < robots; i++) {
                ObjectNode robot = Json.object()
                        .put("role", "robot")
                        .put("name", "bench-" + i)
                        .put("customer", slug);
                ArrayNode scopes = robot.putObject("token").putArray("scopes");
                scopes.add("read:inventory").add("testify:survey").add("testify:deployment-report");
                tokens.add(visitor.post(ops, "/api/v1/witnesses", robot)
                        .at("/token/secret")
                        .stringValue());
            }
        }
        return tokens;
    }

    /** Reads all customers, and may listen to what is told of them. */
    String ops() {
        return ops;
    }

    /** Has every testimony of a customer told to an address. */
    void subscribe(String customer, String url) {
        ObjectNode subscription = Json.object().put("customer", customer);
        subscription.putObject("channel").put("type", "webhook").put("url", url);
        subscription.putArray("notices").add("testimony.recorded");
        try (Visitor visitor = new Visitor(server.url())) {
            visitor.post(ops, "/api/v1/subscriptions", subscription);
        }
    }

    /** The name of an element; the same numbers in every customer. */
    static String name(int number) {
        String digits = "000000" + number;
        return "web-"
                + digits.substring(
                        digits.length() - Math.max(6, Integer.toString(number).length()));
    }

    // ---- what they say

    private static ObjectNode testimony(String kind, String customer, int number) {
        return Json.object().put("kind", kind).put("customer", customer).put("element", name(number));
    }

    private static ObjectNode wish(String customer, int number) {
        ObjectNode wish = testimony("wish", customer, number).put("type", "server");
        ObjectNode facts = wish.putObject("facts");
        facts.put("label", "Web server " + number);
        facts.put("infrastructure", "rack-" + number / PER_INFRASTRUCTURE);
        facts.put("project", "bench").put("provider", "OVHcloud").put("site", SITES[number % SITES.length]);
        facts.put("memory", "64 GiB").put("cpu.cores", 8).put("os.name", "Debian");
        facts.put("address", "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
        facts.putArray("tags").add("prod").add(number % 2 == 0 ? "web" : "db");
        return wish;
    }

    /** Each was found in service; one server in twenty with half its memory. */
    private static ObjectNode firstSurvey(String customer, int number) {
        ObjectNode survey = testimony("survey", customer, number)
                .put("source", "bench")
                .put("type", "server")
                .put("create", true);
        ObjectNode facts = survey.putObject("facts");
        facts.put("memory", number % 20 == 0 ? "32 GiB" : "64 GiB")
                .put("cpu.cores", 8)
                .put("os.name", "Debian");
        changing(facts, 0);
        facts.remove(List.of("bandwidth", "cpu.count", "architecture"));
        return survey;
    }

    /** Ten facts, each another than in the turn before. */
    static ObjectNode survey(String customer, int number, int turn) {
        ObjectNode survey = testimony("survey", customer, number).put("source", "bench");
        changing(survey.putObject("facts"), turn);
        return survey;
    }

    private static void changing(ObjectNode facts, int turn) {
        facts.put("cpu.model", "Model " + turn).put("cpu.count", 1 + turn % 2).put("cpu.threads", 16 + turn);
        facts.put("kernel", "6.12." + turn).put("os.version", "13." + turn).put("architecture", "arch" + turn);
        facts.put("vendor", "Vendor " + turn).put("model", "PowerRack " + turn).put("board", "Board " + turn);
        facts.put("bandwidth", (1 + turn) + " Gbit/s");
    }

    // ---- how they say it

    /** The request with which one testimony is told. */
    static byte[] telling(String token, ObjectNode testimony) {
        return BenchHttp.post(TESTIMONIES, token, "application/json", Json.write(testimony));
    }

    /** The request with which many are told. */
    static byte[] tellingMany(String token, List<ObjectNode> testimonies) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode testimony : testimonies)
            lines.append(new String(Json.write(testimony), StandardCharsets.UTF_8))
                    .append('\n');
        return BenchHttp.post(
                TESTIMONIES, token, "application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one request on a connection of its own, and keeps the answer. */
    BenchHttp.Reply send(byte[] request) {
        try (BenchHttp http = new BenchHttp(server.port())) {
            return http.send(request, true);
        } catch (IOException failed) {
            throw new Unanswered("A request of the bench failed: " + failed, failed);
        }
    }

    /** The same, where nothing but this status will do. */
    BenchHttp.Reply send(byte[] request, int status) {
        BenchHttp.Reply reply = send(request);
        if (reply.status() != status)
            throw new Unanswered("The bench expected status " + status + ": " + beginning(reply), reply.status());
        return reply;
    }

    private static String beginning(BenchHttp.Reply reply) {
        String body = reply.body() == null ? "" : new String(reply.body(), StandardCharsets.UTF_8);
        return reply.status() + " " + body.substring(0, Math.min(600, body.length()));
    }

    /** Tells many, and makes sure that each was taken; gives the milliseconds. */
    double tellAll(String token, List<ObjectNode> testimonies) {
        byte[] request = tellingMany(token, testimonies);
        long begun = System.nanoTime();
        BenchHttp.Reply reply = send(request, 200);
        double millis = (System.nanoTime() - begun) / 1e6;
        JsonNode answer = Json.ours(java.util.Objects.requireNonNull(reply.body()));
        for (JsonNode receipt : answer.path("receipts"))
            if (receipt.path("status").asInt(0) / 100 != 2)
                throw new Unanswered("A testimony of the bench was refused: " + receipt, null);
        return millis;
    }

    /** How many elements there are, and how many testimonies a second told of them. */
    record Loaded(int elements, double perSecond) {}

    /**
     * Gives a customer its elements, each surveyed and wished; ends early where it would take too long.
     *
     * @param seconds after which it begins no more of them
     */
    Loaded load(String customer, String robot, int elements, int seconds) {
        long begun = System.nanoTime();
        int loaded = 0;
        while (loaded < elements && System.nanoTime() - begun < seconds * 1_000_000_000L) {
            int until = Math.min(elements, loaded + LINES);
            List<ObjectNode> wishes = new ArrayList<>();
            List<ObjectNode> surveys = new ArrayList<>();
            for (int i = loaded; i < until; i++) {
                wishes.add(wish(customer, i));
                surveys.add(firstSurvey(customer, i));
            }
            tellAll(robot, surveys);
            tellAll(ops, wishes);
            loaded = until;
        }
        return new Loaded(loaded, loaded * 2 * 1e9 / (System.nanoTime() - begun));
    }

    /** Customers with one robot and one element each; their tokens by their names. */
    Map<String, String> small(String prefix, int customers) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (int i = 0; i < customers; i++) {
            String slug = prefix + i;
            String robot = customer(slug, 1).getFirst();
            tokens.put(slug, robot);
            tellAll(robot, List.of(firstSurvey(slug, 0)));
            tellAll(ops, List.of(wish(slug, 0)));
        }
        return tokens;
    }
}
