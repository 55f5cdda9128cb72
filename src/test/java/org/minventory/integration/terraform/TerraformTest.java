package org.minventory.integration.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.integration.Dump;
import org.minventory.integration.Samples;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Terraform built and means to build comes in, and nothing that it calls sensitive. */
class TerraformTest {
    private static final String CANARY = "canary7f3a9";

    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("terra"), "Terra");

    private Reply post(String token, String query, JsonNode document) {
        return story.send(
                token, "POST", "/integrations/terraform/state?customer=" + customer + query, Json.write(document));
    }

    private JsonNode receipts(String query, JsonNode document) {
        return post(story.ops, query, document).expect(200).get("receipts");
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static JsonNode state(String values, String... resources) {
        return json("{'format_version':'1.0','" + values + "':{'root_module':{'resources':["
                + resources[0]
                + "],'child_modules':[{'address':'module.a','child_modules':[{'address':'module.a.b','resources':["
                + String.join(",", List.of(resources).subList(1, resources.length)) + "]}]}]}}}");
    }

    private static String hcloud(String name, int id) {
        return ("{'address':'hcloud_server.%s','mode':'managed','type':'hcloud_server','name':'%s','values':{'id':'%d','name':'%s',"
                        + "'server_type':'cx22','location':'nbg1','image':'debian-12','ipv4_address':'192.0.2.%d',"
                        + "'ipv6_address':'2001:db8::%d','primary_disk_size':40,'user_data':'#cloud-config','backups':false},"
                        + "'sensitive_values':{}}")
                .formatted(name, name, id, name, id % 250, id);
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    @Test
    void whatTerraformPrintedIsKeptByAddressAndTypeWithoutItsSecrets() {
        JsonNode sample = Samples.read("/samples/terraform/show-state.json");
        JsonNode receipts = receipts("", sample);
        assertThat(receipts).hasSize(2);
        assertThat(receipts.get(0).get("unattached").stringValue()).isEqualTo("unknown");
        assertThat(receipts.get(0).get("address").stringValue()).isEqualTo("terraform_data.server[\"db1\"]");
        String kept = story.get(
                        story.ops,
                        "/api/v1/testimonies/" + receipts.get(0).get("id").stringValue() + "/source")
                .text();
        assertThat(kept)
                .isEqualTo(
                        "{\"address\":\"terraform_data.server[\\\"db1\\\"]\",\"type\":\"terraform_data\",\"values\":{}}");
        JsonNode again = receipts("", sample);
        assertThat(again.get(0).get("id")).isEqualTo(receipts.get(0).get("id"));
    }

    @Test
    void aStateIsASurveyOfAllItsModules() {
        JsonNode state = state("values", hcloud("web-1", 17), hcloud("web-2", 18), """
                {'address':'module.a.b.data.hcloud_image.x','mode':'data','type':'hcloud_image','values':{}}""");
        assertThat(receipts("", state).get(0).get("unattached").stringValue()).isEqualTo("unknown");
        JsonNode receipts = receipts("&create=true", state);
        assertThat(receipts).hasSize(2);
        JsonNode web = element("web-2");
        assertThat(web.get("type").stringValue()).isEqualTo("virtual-machine");
        assertThat(web.get("status").stringValue()).isEqualTo("in-service");
        assertThat(web.at("/knowledge/providerRef/deployed/value").stringValue())
                .isEqualTo("hetzner-cloud:18");
        assertThat(web.at("/knowledge/addresses/deployed/value")).hasSize(2);
        assertThat(web.at("/knowledge/os.version/deployed/value").stringValue()).isEqualTo("12");
        assertThat(web.at("/knowledge/disks/deployed/value/0/size").longValue()).isEqualTo(40_000_000_000L);
        assertThat(receipts("&create=true", state).get(0).get("confirmed").booleanValue())
                .isTrue();
        // known by the provider's reference, whatever it is called by now
        JsonNode renamed = state("values", hcloud("renamed", 17), hcloud("web-2", 18));
        assertThat(receipts("&create=true", renamed).at("/0/element/name").stringValue())
                .isEqualTo("web-1");
    }

    @Test
    void aPlanIsAWish() {
        JsonNode plan = state("planned_values", hcloud("planned-1", 21), """
                {'address':'random_id.x','mode':'managed','type':'random_id','values':{'b64':'x'}}""");
        ((ObjectNode) plan.at("/planned_values/root_module/resources/0/values"))
                .putNull("id")
                .remove("ipv4_address");
        JsonNode receipts = receipts("", plan);
        assertThat(receipts.get(0).get("status").intValue()).isEqualTo(201);
        assertThat(receipts.get(1).get("status").intValue()).isEqualTo(422);
        assertThat(element("planned-1").get("status").stringValue()).isEqualTo("wished");
        assertThat(element("planned-1").at("/knowledge/offer/intended/value").stringValue())
                .isEqualTo("cx22");
        String robot = story.robot(story.ops, customer, "pipeline", "testify:survey");
        assertThat(post(robot, "", plan).status()).isEqualTo(403);
        assertThat(post(robot, "", state("values", hcloud("planned-1", 21), hcloud("other", 22)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoneOfItsDocumentsIsRefusedWithWhatToSend() {
        assertThat(refused("{'version':4,'terraform_version':'1.11.4','lineage':'x','resources':[]}"))
                .contains("raw state", "terraform show -json");
        assertThat(refused("{'format_version':'2.0','values':{}}")).contains("its format_version is 2.0");
        assertThat(refused("{'hello':1}")).contains("format_version is missing");
        assertThat(receipts("", json("{'format_version':'1.0','terraform_version':'1.11.4'}")))
                .isEmpty();
    }

    private String refused(String document) {
        return post(story.ops, "", json(document)).expect(422).get("detail").stringValue();
    }

    @Test
    void nothingSensitiveIsFoundAnywhereAfterwards() throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        try (Story own = Story.fresh()) {
            List<String> answers = new ArrayList<>();
            for (String values : List.of("values", "planned_values"))
                for (String query : List.of("&dryRun=true", "&create=true")) {
                    Reply reply = own.send(
                            own.ops,
                            "POST",
                            "/integrations/terraform/state?customer=acme" + query,
                            Json.write(planted(values)),
                            "Idempotency-Key",
                            Story.name("key"));
                    assertThat(reply.expect(200).get("receipts")).hasSize(3);
                    answers.add(reply.text());
                }
            byte[] torn =
                    ("{\"format_version\":\"1.0\",\"x\":\"" + CANARY).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            answers.add(own.send(own.ops, "POST", "/integrations/terraform/state?customer=acme", torn)
                    .text());
            assertThat(answers.getFirst()).contains("\"withheld\":[\"/name\",\"/image\",\"/labels/x\",\"/network\"]");
            String database = Dump.of(own.database().superuser());
            assertThat(database).contains("hcloud_server.web");
            assertThat(database).doesNotContain(CANARY);
            assertThat(String.join("\n", answers)).doesNotContain(CANARY);
            assertThat(List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage))
                    .noneMatch(line -> line.contains(CANARY));
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
    }

    /** One wherever something secret may stand: where Terraform says so, and where it does not. */
    private static JsonNode planted(String values) {
        ObjectNode document =
                (ObjectNode) state(values, hcloud("web", 1), hcloud("db", 2), """
                {'address':'random_password.x','mode':'managed','type':'random_password','values':{'result':'CANARY',
                 'bcrypt_hash':'CANARY'},'sensitive_values':{'bcrypt_hash':true,'result':true}}""".replace("CANARY", CANARY));
        document.putObject("variables").putObject("password").put("value", CANARY);
        document.putObject("configuration").put("secret", CANARY);
        document.putObject("prior_state").put("x", CANARY);
        document.putArray("resource_changes").addObject().put("after", CANARY);
        ObjectNode outputs = ((ObjectNode) document.get(values)).putObject("outputs");
        outputs.putObject("secret").put("sensitive", true).put("value", CANARY);
        outputs.putObject("careless").put("sensitive", false).put("value", CANARY);
        ObjectNode resource = (ObjectNode) document.at("/" + values + "/root_module/resources/0");
        ObjectNode web = (ObjectNode) resource.get("values");
        web.put("name", CANARY)
                .put("user_data", CANARY)
                .put("root_password", CANARY)
                .put("image", CANARY);
        web.putObject("labels").put("x", CANARY);
        web.putArray("network").addObject().put("ip", CANARY);
        ObjectNode sensitive = resource.putObject("sensitive_values");
        sensitive.put("name", true).put("image", true).put("network", true);
        sensitive.putObject("labels").put("x", true);
        ObjectNode db = (ObjectNode)
                document.at("/" + values + "/root_module/child_modules/0/child_modules/0/resources/0/values");
        db.put("user_data", CANARY).put("server_type", "password=" + CANARY);
        return document;
    }
}
