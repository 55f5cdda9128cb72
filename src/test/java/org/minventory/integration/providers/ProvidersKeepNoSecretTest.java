package org.minventory.integration.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.integration.Dump;
import org.minventory.integration.Samples;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever opens something in a provider's document is found nowhere afterwards: no table, no kept document, no log, no answer. */
class ProvidersKeepNoSecretTest {
    private static final String CANARY = "canary7f3a9";
    private static final long NUMBER = 730_173_017_301L;

    private static final List<String> SECRET_NAMES = List.of(
            "password",
            "rootPassword",
            "root_password",
            "rescue_password",
            "orderPassword",
            "service_password",
            "passphrase",
            "token",
            "access_token",
            "apiKey",
            "secret_key",
            "secret",
            "credentials",
            "consumerKey",
            "licenseKey",
            "url",
            "pdfUrl",
            "orderUrl",
            "retractionUrl",
            "retraction",
            "retractionLink",
            "wss_url",
            "href",
            "payment_link",
            "user_data",
            "cloud-init",
            "bootScript",
            "ipxe_script",
            "authInfo",
            "session",
            "sessionId",
            "otp",
            "jwt");

    private final List<String> places = new ArrayList<>();

    /** Plants one in every secret-looking member there is, and new ones into every object. */
    private void plant(JsonNode node) {
        List<JsonNode> inside = node.valueStream().toList();
        inside.forEach(this::plant);
        if (!(node instanceof ObjectNode object)) return;
        for (String name : List.copyOf(object.propertyNames()))
            if (name.toLowerCase(Locale.ROOT).matches(".*(password|url)")) object.put(name, canary());
        for (String name : SECRET_NAMES) object.put(name, canary());
        object.put("rescuePassword", NUMBER);
        object.put("pin", NUMBER);
        object.putObject("bmc_credentials").put("login", canary()).put("anything", canary());
        object.putArray("tokens").add(canary()).addArray().add(canary());
        object.put("x-comment", "The root password is " + canary());
        object.put("x-hint", "mot de passe : " + canary());
        object.put("x-more", "see https://example.net/order?id=1&key=" + canary());
        object.put("x-header", "Authorization: Bearer " + canary() + canary());
        object.put("x-key", "-----BEGIN OPENSSH PRIVATE KEY-----\n" + canary() + "\n-----END OPENSSH PRIVATE KEY-----");
    }

    private String canary() {
        String canary = CANARY + "x" + places.size();
        places.add(canary);
        return canary;
    }

    @Test
    void noneOfThemIsAnywhere() throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        try (Story story = Story.fresh()) {
            List<String> answers = new ArrayList<>();
            for (String sample : ProvidersTest.samples().toList()) {
                String[] words = sample.split(" ", -1);
                JsonNode document = Samples.read("/samples/providers/" + words[1] + ".json");
                plant(document);
                ArrayNode twice =
                        JsonNodeFactory.instance.arrayNode().add(document).add(7);
                for (String query : List.of("&dryRun=true", "&create=true", "")) {
                    String path = "/integrations/providers/" + words[0] + "?customer=acme" + query;
                    var reply = story.send(
                            story.ops, "POST", path, Json.write(twice), "Idempotency-Key", Story.name("key"));
                    JsonNode receipts = reply.expect(200).get("receipts");
                    assertThat(receipts.get(0).get("status").intValue())
                            .as(reply.text())
                            .isIn(200, 201, 202);
                    answers.add(reply.text());
                }
                String unreadable = "{\"password\": \"" + canary() + "\", \"x\": [\"" + canary() + "\"]}";
                answers.add(story.post(story.ops, "/integrations/providers/" + words[0] + "?customer=acme", unreadable)
                        .text());
            }
            assertThat(places).hasSizeGreaterThan(1000);
            String database = Dump.of(story.database().superuser());
            assertThat(database)
                    .contains("ns3204511.ip-192-0-2.eu", "{\"scrubbed\":\"password\"}", "{\"scrubbed\":\"link\"}");
            assertThat(containsOne(database)).as("the database").isEmpty();
            assertThat(containsOne(String.join("\n", answers)))
                    .as("the answers")
                    .isEmpty();
            List<String> lines = List.copyOf(log.list).stream()
                    .map(ProvidersKeepNoSecretTest::text)
                    .toList();
            assertThat(lines).isNotEmpty();
            assertThat(containsOne(String.join("\n", lines))).as("the log").isEmpty();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
    }

    private static String text(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return event.getFormattedMessage() + (thrown == null ? "" : thrown.getMessage());
    }

    /** Where a canary was found, with what stands around it. */
    private static String containsOne(String text) {
        int at = Math.max(text.indexOf(CANARY), text.indexOf(Long.toString(NUMBER)));
        return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 40));
    }

    @Test
    void whatIsNoSecretStays() {
        ObjectNode document = Json.object();
        document.put("retractionDate", "2026-01-26T00:00:00+01:00");
        document.put("currencyCode", "EUR");
        document.put("rescueSshKey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP ops");
        document.put("description", "64GB DDR4 ECC 3200MHz");
        document.put("password", "");
        document.putNull("pdfUrl");
        document.put("hasPassword", true);
        document.putObject("key").put("fingerprint", "15:28:b0:03:95:f0:77:b3:10:56:15:6b:77:22:a5:bb");
        Discretion.Kept kept = Discretion.scrub(document);
        assertThat(kept.document()).isEqualTo(document);
        assertThat(kept.scrubbed()).isEmpty();
    }
}
