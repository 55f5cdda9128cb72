package org.minventory.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.minventory.base.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The golden story, told from {@code demo/story.yaml} through the doors that everybody has,
 * each word by the one who says it, weeks before now.
 */
final class DemoStory {
    private static final String TESTIMONIES = "/api/v1/testimonies";
    private static final String MANDATES = "/api/v1/mandates";
    private static final Pattern DAY = Pattern.compile("\\{today([+-]\\d{1,4})}");

    private final Visitor visitor;
    private final Instant now;
    private final Map<String, String> cast = new LinkedHashMap<>();

    DemoStory(Visitor visitor, Instant now) {
        this.visitor = visitor;
        this.now = now;
    }

    /** Tells all of it and gives the tokens that a reader of the demo needs, by the role of their owner. */
    Map<String, String> tell(String setupToken) {
        bringIn(setupToken);
        List<JsonNode> together = new ArrayList<>();
        for (JsonNode step : story()) {
            if (!together.isEmpty() && !isToldWith(step, together.getFirst())) tellTogether(together);
            if (step.has("testimony")) together.add(nameWhatWasRead(step));
            else if (step.has("mandates")) handOver(step);
            else post(step);
        }
        tellTogether(together);
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : List.of("ops", "cio", "stranger", "ansible", "monitoring"))
            tokens.put(role, Objects.requireNonNull(cast.get(role)));
        return tokens;
    }

    // ---- the cast

    private void bringIn(String setupToken) {
        ObjectNode setup = Json.object().put("setupToken", setupToken);
        setup.putObject("operator").put("name", "Olga Petit");
        setup.putObject("team").put("slug", "agence-morel").put("name", "Agence Morel");
        setup.putObject("ops").put("name", "Claire Morel");
        JsonNode founded = visitor.post(null, "/api/v1/setup", setup);
        String operator = founded.at("/operator/token").stringValue();
        cast.put("ops", founded.at("/ops/token").stringValue());

        open("ops", "acme", "Acme");
        person("ops", "cio", "acme", "Hugo Lefèvre");
        robot("ops", "ansible", "acme", "ansible@bastion", "delivery-survey", "survey", "deployment-report", "proof");
        robot("ops", "rescue", "acme", "lshw@rescue", "delivery-survey", "survey");
        robot("ops", "monitoring", "acme", "prometheus", "monitoring-state");

        ObjectNode team = Json.object().put("slug", "regie-du-port").put("name", "Régie du Port");
        visitor.post(operator, "/api/v1/ops-teams", team);
        JsonNode member = visitor.post(
                operator,
                "/api/v1/ops-teams/regie-du-port/members",
                Json.object().put("name", "Victor Le Gall"));
        cast.put("strangers-ops", member.at("/token").stringValue());
        open("strangers-ops", "globex", "Globex");
        person("strangers-ops", "globex-cio", "globex", "Ines Haddad");
        open("strangers-ops", "zenith", "Zenith");
        person("strangers-ops", "stranger", "zenith", "Zoé Zimmer");
        robot("strangers-ops", "strangers-robot", "zenith", "ansible@zenith", "survey", "deployment-report");
    }

    private void open(String who, String slug, String name) {
        visitor.post(
                cast.get(who),
                "/api/v1/customers",
                Json.object().put("slug", slug).put("name", name));
    }

    /** Heads of information systems are the only persons whom an ops brings in here. */
    private void person(String by, String as, String customer, String name) {
        ObjectNode witness = Json.object().put("role", "cio").put("name", name).put("customer", customer);
        cast.put(as, invited(by, witness));
    }

    private void robot(String by, String as, String customer, String name, String... kinds) {
        ObjectNode witness =
                Json.object().put("role", "robot").put("name", name).put("customer", customer);
        ArrayNode scopes = witness.putObject("token").putArray("scopes").add("read:inventory");
        for (String kind : kinds) scopes.add("testify:" + kind);
        cast.put(as, invited(by, witness));
    }

    private String invited(String by, ObjectNode witness) {
        return visitor.post(cast.get(by), "/api/v1/witnesses", witness)
                .at("/token/secret")
                .stringValue();
    }

    // ---- what they say

    private static boolean isToldWith(JsonNode step, JsonNode first) {
        return step.has("testimony") && step.get("who").equals(first.get("who"));
    }

    /** Who decides names what was read: the proposal, the acceptance that is countersigned. */
    private JsonNode nameWhatWasRead(JsonNode step) {
        JsonNode testimony = step.get("testimony");
        JsonNode facts = testimony.path("facts");
        if (testimony.path("kind").asString("").equals("approval"))
            name(
                    step,
                    "proposal",
                    "/api/v1/projects/" + testimony.get("project").stringValue(),
                    "/proposal/testimony");
        else if (facts.path("decision").asString("").equals("countersign"))
            name(
                    step,
                    "acceptance",
                    "/api/v1/deliveries/" + testimony.get("element").stringValue(),
                    "/acceptance/testimony");
        return step;
    }

    private void name(JsonNode step, String fact, String path, String place) {
        JsonNode read = visitor.get(token(step), path).at(place);
        ((ObjectNode) step.at("/testimony/facts")).set(fact, read);
    }

    private void tellTogether(List<JsonNode> steps) {
        if (steps.isEmpty()) return;
        ArrayNode told = Json.MAPPER.createArrayNode();
        for (JsonNode step : steps)
            told.add(((ObjectNode) step.get("testimony"))
                    .put("witnessedAt", instant(step).toString()));
        check(visitor.post(token(steps.getFirst()), TESTIMONIES, told), steps.toString());
        steps.clear();
    }

    /** A customer ends the mandate that runs and accepts that of another team: the former one keeps its own words. */
    private void handOver(JsonNode step) {
        String cio = token(step);
        JsonNode running = visitor.get(cio, MANDATES).at("/items/0");
        visitor.post(cio, MANDATES + "/" + running.get("id").stringValue() + "/end", Json.object());
        JsonNode offered = visitor.post(
                Objects.requireNonNull(cast.get(step.get("mandates").stringValue())),
                MANDATES,
                Json.object().put("customer", running.at("/customer/id").stringValue()));
        visitor.post(cio, MANDATES + "/" + offered.get("id").stringValue() + "/acceptance", Json.object());
    }

    /** A tool's document at the tool's own door, by the name under which the demo knows the machine. */
    private void post(JsonNode step) {
        String door = step.get("door").stringValue();
        JsonNode document = resource(step.get("document").stringValue());
        boolean bearsItsTime = setTime(document, instant(step));
        String query = step.has("element") ? "?element=" + step.get("element").stringValue() : "";
        String at = bearsItsTime ? "" : "&witnessedAt=" + instant(step);
        check(visitor.post(token(step), "/integrations/" + door + query + at, document), step.toString());
    }

    private String token(JsonNode step) {
        return Objects.requireNonNull(cast.get(step.get("who").stringValue()));
    }

    private Instant instant(JsonNode step) {
        return now.minus(Duration.parse(step.get("ago").stringValue()));
    }

    /** A story with a word that was refused is not the story. */
    private static void check(JsonNode answer, String told) {
        for (JsonNode receipt : answer.path("receipts")) {
            int status = receipt.path("status").asInt(0);
            if (status < 200 || status > 299)
                throw new Unanswered(
                        Said.here("story-refused", Visitor.problem(receipt.path("problem"), status), told), null);
        }
    }

    /** Some tools write the time into their documents: it has to be the story's, not that of the day it was captured. */
    private static boolean setTime(JsonNode document, Instant instant) {
        for (JsonNode alert : document.path("alerts")) ((ObjectNode) alert).put("startsAt", instant.toString());
        if (document.has("alerts")) return true;
        if (!(document.at("/ansible_facts/ansible_date_time") instanceof ObjectNode clock)) return false;
        clock.removeAll();
        clock.put("epoch", Long.toString(instant.getEpochSecond()));
        clock.put("iso8601", instant.truncatedTo(ChronoUnit.SECONDS).toString());
        clock.put("iso8601_micro", instant.toString());
        clock.put("tz", "UTC").put("tz_offset", "+0000");
        return true;
    }

    private JsonNode story() {
        String told = DAY.matcher(new String(bytes("story.yaml"), StandardCharsets.UTF_8))
                .replaceAll(day -> now.plus(Duration.ofDays(Long.parseLong(day.group(1))))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString());
        return Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(told));
    }

    private static JsonNode resource(String name) {
        return Json.ours(bytes(name));
    }

    private static byte[] bytes(String name) {
        try (InputStream stream = DemoStory.class.getResourceAsStream("demo/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
