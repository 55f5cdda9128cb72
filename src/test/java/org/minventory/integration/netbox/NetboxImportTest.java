package org.minventory.integration.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** NetBox comes in, in whichever way its pages were put together. The sample is written by hand after its documented shapes. */
class NetboxImportTest {
    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("box"), "Box");

    private static byte[] sample() {
        try (InputStream in = NetboxImportTest.class.getResourceAsStream("/samples/netbox/pages.ndjson")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private JsonNode take(String query, byte[] body) {
        return story.send(
                        story.ops,
                        "POST",
                        "/api/v1/imports/netbox?customer=" + customer + query,
                        body,
                        "Content-Type",
                        body[0] == '[' ? "application/json" : "application/x-ndjson")
                .expect(200);
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.get("receipts")
                .valueStream()
                .map(one -> one.get("status") + " " + one.get("kind").stringValue() + " "
                        + one.get("name").asString("-"))
                .toList();
    }

    @Test
    void pagesBecomeElementsByTheirStatusAndWhatBelongsToThemIsToldOfThem() {
        JsonNode answer = take("", sample());
        assertThat(statuses(answer))
                .containsExactly(
                        "201 survey DMI01-Akron-Web01",
                        "422 wish -",
                        "201 wish vm-app-01",
                        "201 delivery-survey vm-app-02",
                        "201 wish 2001:db8::99",
                        "201 survey 192.0.2.0/24",
                        "201 survey dmi01-akron-web01-https");
        assertThat(answer.get("passedOver").toString()).isEqualTo("[\"sites\"]");
        assertThat(answer.at("/read/ip_addresses").intValue()).isEqualTo(3);
        JsonNode web = element("dmi01-akron-web01");
        JsonNode knowledge = web.get("knowledge");
        assertThat(web.get("type").stringValue()).isEqualTo("firewall");
        assertThat(web.get("status").stringValue()).isEqualTo("in-service");
        assertThat(knowledge.at("/serial/deployed/value").stringValue()).isEqualTo("J7K9Q23");
        assertThat(knowledge.at("/vendor/deployed/value").stringValue()).isEqualTo("Dell");
        assertThat(knowledge.at("/addresses/deployed/value").toString())
                .isEqualTo("[\"192.0.2.10/24\",\"2001:db8::10/64\"]");
        assertThat(knowledge.at("/address/deployed/value").stringValue()).isEqualTo("192.0.2.10");
        assertThat(knowledge.at("/nics/deployed/value/0/mac").stringValue()).isEqualTo("02:00:00:00:00:01");
        assertThat(knowledge.at("/nics/deployed/value/0/speed").longValue()).isEqualTo(10_000_000_000L);
        assertThat(knowledge.at("/infrastructure/deployed/value").stringValue()).isEqualTo("dunder-mifflin");
        assertThat(knowledge.at("/site/deployed/value").stringValue()).isEqualTo("DM-Akron");
        assertThat(knowledge.at("/owner/deployed/value").stringValue()).isEqualTo("Pam");
        assertThat(knowledge.at("/netbox.support/deployed/value").stringValue()).isEqualTo("Gold");
        assertThat(web.toString()).doesNotContain("hunter2");
        assertThat(answer.at("/receipts/0/leftOut")
                        .valueStream()
                        .map(one -> one.get("name").stringValue())
                        .toList())
                .containsExactly("ipmi password", "netbox.root_password");
        assertThat(element("vm-app-01").get("status").stringValue()).isEqualTo("wished");
        assertThat(element("vm-app-01")
                        .at("/knowledge/runs-on/intended/value/0")
                        .stringValue())
                .isEqualTo("dmi01-akron-web01");
        assertThat(element("vm-app-01").at("/knowledge/site/intended/value").stringValue())
                .as("a number is followed")
                .isEqualTo("DM-Akron");
        assertThat(element("vm-app-02").get("status").stringValue()).isEqualTo("delivered");
        assertThat(element("2001-db8--99")
                        .at("/knowledge/reverse/intended/value")
                        .stringValue())
                .isEqualTo("vip.example.net");
        assertThat(element("192.0.2.0-24").at("/knowledge/range/deployed/value").stringValue())
                .isEqualTo("192.0.2.0/24");
        assertThat(element("dmi01-akron-web01-https")
                        .at("/knowledge/port/deployed/value")
                        .intValue())
                .isEqualTo(443);
        JsonNode again = take("", sample());
        assertThat(again.at("/summary/confirmed").intValue()).isEqualTo(6);
    }

    @Test
    void theSameHoweverThePagesWerePutTogether() {
        ArrayNode list = Json.MAPPER.createArrayNode();
        ArrayNode objects = Json.MAPPER.createArrayNode();
        for (String line : new String(sample(), StandardCharsets.UTF_8).lines().toList()) {
            JsonNode page = Json.MAPPER.readTree(line);
            list.add(page);
            page.get("results").forEach(objects::add);
        }
        List<String> expected = statuses(take("&dryRun=true", sample()));
        assertThat(statuses(take("&dryRun=true", Json.write(list)))).isEqualTo(expected);
        assertThat(statuses(take("&dryRun=true", Json.write(objects)))).isEqualTo(expected);
        JsonNode named = take(
                "&dryRun=true",
                "[{'virtual_machines':{'results':[{'id':1,'name':'a','status':'active'}]},'devices':[{'id':2,'name':'b'}]}]"
                        .replace('\'', '"')
                        .replaceFirst("^\\[", "")
                        .replaceFirst("]$", "")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(statuses(named)).containsExactly("201 survey a", "201 survey b");
    }

    @Test
    void onlyOneTenantsWhereOthersAreInTheSameNetbox() {
        JsonNode answer = take("&dryRun=true&tenant=dunder-mifflin", sample());
        assertThat(statuses(answer))
                .containsExactly("201 survey DMI01-Akron-Web01", "201 survey dmi01-akron-web01-https");
    }

    @Test
    void whatIsNotOfNetboxIsRefused() {
        for (String other : List.of("{}", "[]", "{\"results\": []}", "[{\"hello\": 1}, 7, null]"))
            assertThat(story.send(
                                    story.ops,
                                    "POST",
                                    "/api/v1/imports/netbox?customer=" + customer,
                                    other.getBytes(StandardCharsets.UTF_8))
                            .status())
                    .as(other)
                    .isEqualTo(422);
        assertThat(story.send(
                                story.ops,
                                "POST",
                                "/api/v1/imports/netbox?customer=" + customer,
                                "{\"devices\": [{\"id\": 1,".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        byte[] doubled =
                "{\"devices\":[{\"id\":1,\"name\":\"A b\"},{\"id\":2,\"name\":\"a-b\"},{\"id\":3,\"name\":\"x\\u0000y\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        JsonNode answer = take("&dryRun=true", doubled);
        assertThat(statuses(answer)).containsExactly("201 survey A b", "422 survey a-b", "201 survey x\uFFFDy");
        assertThat(answer.at("/receipts/1/problem/detail").stringValue()).contains("/devices/0");
    }
}
