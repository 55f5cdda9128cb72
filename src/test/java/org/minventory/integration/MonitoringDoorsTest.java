package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** States come in, as Alertmanager and the plug-ins of Nagios send them; targets go out. */
class MonitoringDoorsTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Story STORY = Story.fresh(CLOCK);

    private final String customer = Story.name("watch");
    private final String box = "box-1";

    {
        STORY.customer(STORY.ops, customer, "Watched");
        tell("{'kind': 'commissioning', 'element': 'box-1', 'type': 'server', 'create': true}");
        tell("{'kind': 'wish', 'element': 'box-1', 'facts': {'address': '198.51.100.7', 'memory': '8 GiB'}}");
    }

    private final String robot =
            STORY.robot(STORY.ops, customer, "watcher", "read:inventory", "testify:monitoring-state");

    @AfterAll
    static void close() {
        STORY.close();
    }

    private void tell(String testimony) {
        STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private static ObjectNode alert(String name, String status, String severity, String element) {
        ObjectNode alert =
                (ObjectNode) Samples.read("/samples/alertmanager/firing.json").at("/alerts/0");
        alert.put("status", status).put("fingerprint", Integer.toHexString(name.hashCode()));
        ((ObjectNode) alert.get("labels"))
                .put("alertname", name)
                .put("severity", severity)
                .put("minventory_id", element);
        return alert;
    }

    private JsonNode receipts(JsonNode... alerts) {
        ObjectNode message = (ObjectNode) Samples.read("/samples/alertmanager/firing.json");
        ArrayNode all = message.putArray("alerts");
        for (JsonNode one : alerts) all.add(one);
        return STORY.send(robot, "POST", "/integrations/alertmanager", Json.write(message))
                .expect(200)
                .get("receipts");
    }

    private JsonNode state() {
        return STORY.get(robot, "/api/v1/elements/" + box + "?customer=" + customer)
                .expect(200)
                .at("/knowledge/state/monitored");
    }

    private String word() {
        return state().at("/value").asString();
    }

    @Test
    void theWorstOfSeveralAlertsCountsUntilItIsResolved() {
        JsonNode first = receipts(alert("Disk", "firing", "critical", box), alert("Load", "firing", "warning", box));
        assertThat(first).hasSize(2);
        assertThat(first.get(0).get("status").intValue()).isEqualTo(201);
        assertThat(word()).isEqualTo("critical");
        JsonNode again = receipts(alert("Disk", "firing", "critical", box));
        assertThat(again.get(0).get("confirmed").booleanValue()).isTrue();
        CLOCK.pass(Duration.ofMinutes(1));
        receipts(alert("Load", "resolved", "warning", box));
        assertThat(word()).isEqualTo("critical");
        CLOCK.pass(Duration.ofMinutes(1));
        receipts(alert("Disk", "resolved", "critical", box), alert("Load", "firing", "warning", box));
        assertThat(word()).isEqualTo("warning");
        receipts(alert("Load", "resolved", "warning", box));
        assertThat(word()).isEqualTo("ok");
        CLOCK.pass(Duration.ofDays(30)); // of what is resolved nothing more is to come
        assertThat(state().get("freshness").stringValue()).isEqualTo("fresh");
    }

    @Test
    void whatIsToldIsTheStateOfTheElementAndOnlyWhereItChanged() {
        String subscription = STORY.post(
                        STORY.ops,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer
                                + "', 'channel': {'type': 'atom'}, 'notices': ['monitoring.state-changed']}")
                .expect(201)
                .get("id")
                .stringValue();
        receipts(alert("Disk", "firing", "critical", box), alert("Load", "firing", "warning", box));
        CLOCK.pass(Duration.ofMinutes(1));
        receipts(alert("Load", "resolved", "warning", box));
        CLOCK.pass(Duration.ofMinutes(1));
        receipts(alert("Disk", "resolved", "critical", box));
        assertThat(Awaiting.until(() -> said(subscription), all -> all.size() >= 2))
                .containsExactly("Monitoring says: ok.", "Monitoring says: critical.");
    }

    /** The newest first. */
    private List<String> said(String subscription) {
        return STORY.get(STORY.ops, "/api/v1/dispatches?subscription=" + subscription)
                .expect(200)
                .get("items")
                .valueStream()
                .map(one -> one.at("/notice/sentence").stringValue())
                .toList();
    }

    @Test
    void whatNamesNobodyIsKeptAndWhatIsNoAlertIsSaid() {
        ObjectNode nameless = alert("Watchdog", "firing", "none", "");
        ((ObjectNode) nameless.get("labels")).put("instance", "");
        JsonNode receipts =
                receipts(nameless, Json.object().put("status", "firing"), alert("Up", "firing", "page", "gone"));
        assertThat(receipts.get(0).get("status").intValue()).isEqualTo(202);
        assertThat(receipts.get(1).get("status").intValue()).isEqualTo(400);
        assertThat(receipts.get(2).get("unattached").stringValue()).isEqualTo("unknown");
    }

    @Test
    void anInstanceIsFoundByItsAddress() {
        ObjectNode byAddress = alert("Ping", "firing", "critical", "");
        ((ObjectNode) byAddress.get("labels")).put("instance", "198.51.100.7:9100");
        assertThat(receipts(byAddress).get(0).at("/element/name").stringValue()).isEqualTo(box);
    }

    @Test
    void aCheckIsALineOfShellOrAListAndItsSilenceIsHeardBySecondsThatItTold() {
        Reply form = STORY.send(
                robot,
                "POST",
                "/integrations/checks",
                "element=box-1&check=disk&state=2&output=DISK+CRITICAL&ttl=300"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(form.expect(200).at("/receipts/0/status").intValue()).isEqualTo(201);
        assertThat(word()).isEqualTo("critical");
        CLOCK.pass(Duration.ofMinutes(6));
        assertThat(state().get("freshness").stringValue()).isEqualTo("late");
        JsonNode list = STORY.post(
                        robot,
                        "/integrations/checks",
                        "[{'element':'box-1','check':'disk','state':'OK','ttl':'PT5M'},{'element':'box-1','state':'UP'},"
                                + "{'element':'box-1','check':'x','state':7}]")
                .expect(200)
                .get("receipts");
        assertThat(List.of(
                        list.get(0).get("status").intValue(),
                        list.get(2).get("status").intValue()))
                .containsExactly(201, 400);
        assertThat(list.get(2).at("/problem/errors/0/pointer").stringValue()).isEqualTo("/2/state");
        assertThat(word()).isEqualTo("ok");
    }

    @Test
    void ofEachRobotIsShownItsRhythmWhenItWasHeardAndItsSilence() {
        tell("{'kind': 'commissioning', 'element': 'box-2', 'type': 'server', 'create': true}");
        check("box-1", "disk", 300);
        check("box-1", "load", 60);
        check("box-2", "disk", 86_400);
        CLOCK.pass(Duration.ofSeconds(50));
        check("box-1", "load", 60); // a repetition, of which no entry tells
        JsonNode heard = heard();
        assertThat(heard.get("source").stringValue()).isEqualTo("checks");
        assertThat(heard.get("awaitedWithin").intValue()).isEqualTo(60);
        assertThat(heard.get("lastHeardAt").stringValue())
                .isEqualTo(CLOCK.instant().toString());
        assertThat(heard.get("elements").toString()).isEqualTo("{\"fresh\":2,\"late\":0,\"stale\":0}");
        CLOCK.pass(Duration.ofMinutes(9));
        assertThat(heard().get("elements").toString()).isEqualTo("{\"fresh\":1,\"late\":1,\"stale\":1}");
        assertThat(heard().get("freshness").stringValue()).isEqualTo("fresh");
        CLOCK.pass(Duration.ofDays(3));
        assertThat(heard().get("elements").toString()).isEqualTo("{\"fresh\":0,\"late\":0,\"stale\":2}");
        assertThat(heard().get("freshness").stringValue()).isEqualTo("stale");
        // of what is closed nobody is awaited
        tell("{'kind': 'decommissioning', 'element': 'box-2'}");
        assertThat(heard().get("elements").toString()).isEqualTo("{\"fresh\":0,\"late\":0,\"stale\":1}");
        // and nobody hears of what is out of reach
        String limited = STORY.post(
                        STORY.ops,
                        "/api/v1/tokens",
                        "{'label': 'x', 'elements': ['elsewhere'], 'customers': ['" + customer + "']}")
                .expect(201)
                .get("secret")
                .stringValue();
        assertThat(watcher(limited).get("heard")).isEmpty();
    }

    private void check(String element, String name, int ttl) {
        STORY.post(
                        robot,
                        "/integrations/checks",
                        "{'element': '" + element + "', 'check': '" + name + "', 'state': 0, 'ttl': " + ttl + "}")
                .expect(200);
    }

    private JsonNode heard() {
        assertThat(watcher(STORY.ops).get("heard")).hasSize(1);
        return watcher(STORY.ops).at("/heard/0");
    }

    private JsonNode watcher(String token) {
        return STORY.get(token, "/api/v1/witnesses?customer=" + customer)
                .expect(200)
                .get("items")
                .valueStream()
                .filter(one -> one.get("name").stringValue().equals("watcher"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void targetsAreWhatSaysWhereItGivesItsFigures() {
        assertThat(targets("")).isEmpty();
        JsonNode all = targets("?port=9100");
        assertThat(all).hasSize(1);
        assertThat(all.at("/0/targets/0").stringValue()).isEqualTo("198.51.100.7:9100");
        assertThat(all.at("/0/labels/__meta_minventory_name").stringValue()).isEqualTo(box);
        tell(
                "{'kind': 'wish', 'element': 'shop', 'type': 'service', 'facts': {'runs-on': ['box-1'], 'metrics.port': 9113,"
                        + " 'metrics.path': '/stub', 'url': 'https://shop.example/', 'tags': ['prod', 'web']}}");
        tell("{'kind': 'commissioning', 'element': 'shop'}");
        JsonNode service = targets("?type=service").get(0);
        assertThat(service.at("/targets/0").stringValue()).isEqualTo("198.51.100.7:9113");
        assertThat(service.at("/labels/__metrics_path__").stringValue()).isEqualTo("/stub");
        assertThat(service.at("/labels/__meta_minventory_tags").stringValue()).isEqualTo(",prod,web,");
        JsonNode probed = targets("?probe=true");
        assertThat(probed).hasSize(1);
        assertThat(probed.at("/0/targets/0").stringValue()).isEqualTo("shop.example:443");
        assertThat(probed.at("/0/labels/__param_target").stringValue()).isEqualTo("https://shop.example/");
    }

    private JsonNode targets(String query) {
        return STORY.get(robot, "/integrations/prometheus/targets" + query).expect(200);
    }
}
