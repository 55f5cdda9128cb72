package org.minventory.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.integration.Samples;
import tools.jackson.databind.JsonNode;

/**
 * Every door that takes words in, with what is said there: a new route has to be added here, or the test fails. In bodies
 * HOSTILE stands for the words, NUMBER for their number, single quotes for double ones.
 */
final class Doors {
    /** Routes that keep no word of whoever calls them, or whose words are chosen from a list. */
    static final Set<String> WITHOUT_WORDS = Set.of(
            "POST /api/v1/setup",
            "POST /api/v1/mandates",
            "POST /api/v1/mandates/{mandate}/acceptance",
            "POST /api/v1/mandates/{mandate}/refusal",
            "POST /api/v1/mandates/{mandate}/end",
            "POST /api/v1/subscriptions/{subscription}/test",
            "POST /api/v1/subscriptions/{subscription}/secret",
            "POST /api/v1/subscriptions/{subscription}/replay",
            "POST /api/v1/dispatches/{dispatch}/replay",
            "POST /api/v1/inbox/read",
            "POST /confirm/{secret}",
            "POST /unsubscribe/{secret}");

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Story story;

    Doors(Story story) {
        this.story = story;
    }

    /** What is sent to a door for some words. */
    interface Door {
        Stream<Sent> sent(Words words, int number);
    }

    /** One request. */
    record Sent(@Nullable String token, String query, byte[] body, String type) {}

    Map<String, Door> all() {
        Map<String, Door> all = new LinkedHashMap<>(); // in the order in which one follows from the other
        all.put("POST /share/{secret}/approval", approvals());
        all.put("POST /api/v1/testimonies", testimonies());
        all.put(
                "POST /integrations/ansible/facts",
                documents(story.ansible, "?element=box-NUMBER", "/samples/ansible/ansible-setup-local.json"));
        all.put("POST /integrations/ansible/runs", runs());
        all.put(
                "POST /integrations/lshw",
                documents(story.ansible, "?element=box-NUMBER", "/samples/lshw/lshw-object-root.json"));
        all.put("POST /integrations/survey", bundles());
        all.put("POST /integrations/terraform/state", states());
        all.put("POST /api/v1/imports/csv", tables());
        all.put("POST /api/v1/imports/netbox", netboxes());
        all.put("POST /api/v1/imports/ansible", hosts());
        all.put("POST /integrations/alertmanager", alerts());
        all.put("POST /integrations/checks", checks());
        all.put(
                "POST /integrations/providers/{provider}",
                documents(
                        story.ops,
                        "?customer=acme&element=box-NUMBER&create=true",
                        "/samples/providers/ovh-order.json",
                        "/samples/providers/ovh-delivery.json"));
        organisation(all);
        decisions(all);
        return all;
    }

    private void organisation(Map<String, Door> all) {
        all.put("POST /api/v1/ops-teams", json(story.operator, "", "{'slug': 'team-NUMBER', 'name': 'HOSTILE'}"));
        all.put("POST /api/v1/ops-teams/{team}/members", json(story.operator, "", "{'name': 'HOSTILE'}"));
        all.put("POST /api/v1/customers", json(story.ops, "", "{'slug': 'customer-NUMBER', 'name': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/witnesses",
                json(
                        story.ops,
                        "",
                        "{'role': 'robot', 'name': 'HOSTILE', 'customer': 'acme', 'token': {'label': 'HOSTILE', 'scopes':"
                                + " ['read:inventory']}}",
                        "{'role': 'robot', 'name': 'HOSTILE', 'customer': 'acme', 'token': {'scopes': ['read:inventory']}}",
                        "{'role': 'member', 'name': 'HOSTILE', 'customer': 'acme'}"));
        all.put("POST /api/v1/tokens", json(story.ops, "", "{'label': 'HOSTILE', 'scopes': ['read:inventory']}"));
        all.put(
                "POST /api/v1/infrastructures",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'name': 'infra-NUMBER', 'label': 'HOSTILE', 'description': 'HOSTILE'}",
                        "{'customer': 'acme', 'name': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/providers",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'name': 'provider-NUMBER', 'kind': 'hosting', 'label': 'HOSTILE'}",
                        "{'customer': 'acme', 'name': 'hoster-NUMBER', 'kind': 'hosting', 'website': 'HOSTILE'}",
                        "{'customer': 'acme', 'name': 'HOSTILE', 'kind': 'hosting'}"));
        all.put(
                "POST /api/v1/element-types",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'name': 'type-NUMBER', 'labels': {'en': {'singular': 'HOSTILE', 'plural':"
                                + " 'HOSTILE'}, 'fr': {'singular': 'HOSTILE', 'plural': 'HOSTILE'}}}",
                        "{'customer': 'acme', 'name': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/attributes",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'name': 'attribute-NUMBER', 'type': 'text', 'searchable': true, 'labels':"
                                + " {'en': 'HOSTILE', 'fr': 'HOSTILE'}}",
                        "{'customer': 'acme', 'name': 'HOSTILE', 'type': 'text'}"));
        all.put(
                "POST /api/v1/subscriptions",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'label': 'HOSTILE', 'channel': {'type': 'atom'}}",
                        "{'customer': 'acme', 'label': 'HOSTILE', 'channel': {'type': 'calendar'}}",
                        "{'customer': 'acme', 'channel': {'type': 'webhook', 'url': 'HOSTILE'}}"));
        all.put("PATCH /api/v1/subscriptions/{subscription}", json(story.ops, "", "{'label': 'HOSTILE'}"));
        all.put("POST /api/v1/share-links", json(story.ops, "", "{'project': 'project-NUMBER', 'label': 'HOSTILE'}"));
    }

    private void decisions(Map<String, Door> all) {
        all.put(
                "POST /api/v1/elements/{element}/next-address",
                json(story.ops, "?customer=acme", "{'note': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/elements/{element}/next-range",
                json(story.ops, "?customer=acme", "{'prefixLength': 30, 'note': 'HOSTILE'}"));
        all.put("POST /api/v1/divergences/{divergence}/acknowledgement", json(story.ops, "", "{'note': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/divergences/{divergence}/acceptance",
                json(story.ops, "", "{'until': '2030-01-01T00:00:00Z', 'reason': 'HOSTILE'}"));
        all.put("POST /api/v1/divergences/{divergence}/reopening", json(story.ops, "", "{'note': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/projects",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'name': 'asked-NUMBER', 'title': 'HOSTILE', 'text': 'HOSTILE'}",
                        "{'customer': 'acme', 'name': 'HOSTILE', 'title': 'x'}"));
        all.put(
                "POST /api/v1/projects/{project}/messages",
                json(
                        story.ops,
                        "",
                        "{'text': 'HOSTILE', 'attachments': [{'name': 'HOSTILE', 'mediaType': 'text/plain', 'content':"
                                + " 'eA=='}]}",
                        "{'text': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/projects/{project}/approval",
                json(
                        story.cio,
                        "",
                        "{'decision': 'approve', 'text': 'HOSTILE'}",
                        "{'decision': 'cancelled', 'text': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/orders",
                json(
                        story.ops,
                        "",
                        "{'customer': 'acme', 'number': 'HOSTILE'}",
                        "{'customer': 'acme', 'number': 'more-NUMBER', 'text': 'HOSTILE', 'terms': {'provider': 'HOSTILE',"
                                + " 'payer': 'HOSTILE', 'expires': '2030-01-01'}}"));
        all.put(
                "POST /api/v1/orders/{order}/lines",
                json(
                        story.ops,
                        "",
                        "{'lines': [{'element': 'box-NUMBER', 'facts': {'offer': 'HOSTILE', 'label': 'HOSTILE'}}]}"));
        all.put(
                "POST /api/v1/orders/{order}/renewals",
                json(story.ops, "", "{'terms': {'expires': '2031-01-01', 'account': 'HOSTILE'}, 'text': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/orders/{order}/invoices",
                json(
                        story.ops,
                        "",
                        "{'terms': {'invoice.number': 'HOSTILE', 'price.monthly': '1 EUR'}, 'text': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/deliveries/{delivery}/acceptance",
                json(
                        story.ops,
                        "?customer=acme",
                        "{'decision': 'accept-with-reservations', 'text': 'HOSTILE', 'reservations': [{'attribute': 'memory',"
                                + " 'text': 'HOSTILE', 'until': '2030-01-01'}]}"));
        all.put(
                "POST /api/v1/access-review/revocations",
                json(story.cio, "", "{'customer': 'acme', 'holder': 'HOSTILE', 'text': 'HOSTILE'}"));
        all.put(
                "POST /api/v1/unattached/{testimony}/attachment",
                json(story.ops, "", "{'element': 'box-NUMBER', 'note': 'HOSTILE'}"));
    }

    private Door approvals() {
        return (words, number) -> Stream.of(new Sent(
                Story.NOBODY,
                "",
                ("decision=refused&text=" + encoded(words.text())).getBytes(StandardCharsets.UTF_8),
                FORM));
    }

    private Door testimonies() {
        String of = "'element': 'box-NUMBER', 'facts': ";
        Door byOps = json(
                story.ops,
                "?customer=acme",
                "{'kind': 'wish', " + of
                        + "{'label': 'HOSTILE', 'tags': ['HOSTILE', 'web'], 'owner': 'HOSTILE'}, 'note': 'HOSTILE'}",
                "{'kind': 'wish', " + of + "{'project': 'HOSTILE', 'provider': 'HOSTILE', 'site': 'HOSTILE'}}",
                "{'kind': 'wish', " + of
                        + "{'ansible_user': 'HOSTILE', 'ansible_port': 'HOSTILE', 'ansible_python_interpreter': 'HOSTILE'}}",
                "{'kind': 'wish', " + of + "{'ansible_ssh_common_args': 'HOSTILE', 'ansible_connection': 'HOSTILE'}}",
                "{'kind': 'wish', " + of + "{'ssh.jump': 'HOSTILE'}}",
                "{'kind': 'wish', " + of + "{'names': ['HOSTILE']}}",
                "{'kind': 'wish', " + of + "{'metrics.path': 'HOSTILE'}}",
                "{'kind': 'note', 'element': 'box-NUMBER', 'note': 'HOSTILE'}",
                "{'kind': 'incident', 'element': 'box-NUMBER', 'note': 'HOSTILE', 'facts': {'incident.state': 'open'}}",
                "{'kind': 'maintenance', 'infrastructure': 'shop', 'note': 'HOSTILE', 'facts': {'maintenance.until':"
                        + " '2030-01-01T00:00:00Z'}}",
                "{'kind': 'wish', 'element': 'HOSTILE', 'type': 'server', 'facts': {}}",
                "{'kind': 'wish', 'element': {'serial': 'HOSTILE'}, 'facts': {}}",
                "{'kind': 'wish', 'element': 'key-NUMBER', 'type': 'secure-access', 'facts': {'holder': 'HOSTILE'}}",
                "{'kind': 'contract', 'order': 'HOSTILE', 'facts': {'payer': 'HOSTILE', 'expires': '2030-01-01'}}");
        Door byRobot = json(
                story.ansible,
                "",
                "{'kind': 'survey', " + of
                        + "{'os.name': 'HOSTILE', 'serial': 'HOSTILE', 'model': 'HOSTILE', 'providerRef': 'HOSTILE'}}",
                "{'kind': 'survey', 'source': 'HOSTILE', " + of + "{'cpu.model': 'HOSTILE'}}",
                "{'kind': 'survey', " + of + "{'hostkeys': ['HOSTILE', 'ssh-ed25519 HOSTILE', '" + Cast.KEY + "']}}",
                "{'kind': 'survey', " + of + "{'fqdn': 'HOSTILE'}}",
                "{'kind': 'survey', " + of + "{'addresses': ['HOSTILE']}}",
                "{'kind': 'survey', " + of + "{'url': 'HOSTILE'}}",
                "{'kind': 'survey', " + of + "{'runs-on': ['HOSTILE']}}",
                "{'kind': 'survey', " + of + "{'os.version': 'HOSTILE'}}",
                "{'kind': 'survey', " + of + "{'HOSTILE': 'HOSTILE'}}",
                "{'kind': 'survey', " + of + "{'hostile.nested': {'__ansible_vault': 'HOSTILE', 'HOSTILE': ['HOSTILE',"
                        + " {'__ansible_unsafe': {'x': 'HOSTILE'}}]}, '__ansible_vault': 'HOSTILE', '__ansible_unsafe': 'HOSTILE'}}",
                "{'kind': 'survey', 'type': 'server', 'create': true, 'element': 'HOSTILE', 'facts': {}}",
                "{'kind': 'monitoring-state', 'note': 'HOSTILE', " + of + "{'state': 'critical'}}");
        return (words, number) -> Stream.concat(byOps.sent(words, number), byRobot.sent(words, number));
    }

    private Door runs() {
        Door documents =
                documents(story.ansible, "?run=run-NUMBER", "/samples/ansible/ansible-posix-json-callback.json");
        Door told = json(
                story.ansible,
                "",
                "{'plays': [{'play': {'id': 'play-NUMBER', 'name': 'HOSTILE'}, 'tasks': [{'task': {'name': 'HOSTILE'}, 'hosts':"
                        + " {'box-NUMBER': {'failed': true, 'msg': 'HOSTILE'}}}]}], 'stats': {'box-NUMBER': {'failures': 1}}}",
                "{'plays': [{'play': {'id': 'other-NUMBER'}}], 'stats': {'HOSTILE': {'ok': 1}},"
                        + " 'global_custom_stats': {'minventory': {'box-NUMBER': {'nginx.version': 'HOSTILE', 'local.x': 'HOSTILE'},"
                        + " 'HOSTILE': {'HOSTILE': 'HOSTILE'}}}}");
        return (words, number) -> Stream.concat(documents.sent(words, number), told.sent(words, number));
    }

    private Door bundles() {
        return (words, number) -> infested(story.ansible, "?element=box-" + number, Samples.bundle(), words);
    }

    private Door states() {
        String of = "?customer=acme&create=true";
        Door documents = documents(story.ops, of, "/samples/terraform/show-state.json");
        Door told = json(
                story.ops,
                of,
                "{'format_version': '1.0', 'values': {'root_module': {'resources': [{'address': 'hcloud_server.HOSTILE', 'mode':"
                        + " 'managed', 'type': 'hcloud_server', 'name': 'HOSTILE', 'values': {'id': 'HOSTILE', 'name': 'box-NUMBER',"
                        + " 'server_type': 'HOSTILE', 'image': 'HOSTILE', 'location': 'HOSTILE', 'ipv4_address': 'HOSTILE', 'labels':"
                        + " {'HOSTILE': 'HOSTILE'}}}]}}}");
        return (words, number) -> Stream.concat(documents.sent(words, number), told.sent(words, number));
    }

    private Door tables() {
        return (words, number) -> Stream.of(
                        "name,label,os.name,note,\"HOSTILE\"\nbox-NUMBER,\"HOSTILE\",\"HOSTILE\",\"HOSTILE\",\"HOSTILE\"\n",
                        "name,label,tags\n\"HOSTILE\",\"HOSTILE\",\"HOSTILE\"\n",
                        "name,label\nbox-NUMBER,HOSTILE\n")
                .map(table -> new Sent(
                        story.ops,
                        "?customer=acme",
                        table.replace("NUMBER", "" + number)
                                .replace("\"HOSTILE\"", '"' + words.text().replace("\"", "\"\"") + '"')
                                .replace("HOSTILE", words.text())
                                .getBytes(StandardCharsets.UTF_8),
                        "text/csv"));
    }

    private Door netboxes() {
        return json(
                story.ops,
                "?customer=acme",
                "{'devices': [{'id': NUMBER, 'name': 'box-NUMBER', 'status': {'value': 'active', 'label': 'HOSTILE'}, 'serial':"
                        + " 'HOSTILE', 'asset_tag': 'HOSTILE', 'site': {'id': 1, 'name': 'HOSTILE', 'slug': 'HOSTILE'}, 'device_type':"
                        + " {'id': 1, 'model': 'HOSTILE', 'manufacturer': {'id': 1, 'name': 'HOSTILE'}}, 'tenant': {'id': 1, 'name':"
                        + " 'HOSTILE', 'slug': 'HOSTILE'}, 'tags': [{'name': 'HOSTILE', 'slug': 'HOSTILE'}], 'custom_fields':"
                        + " {'HOSTILE': 'HOSTILE', 'owner': 'HOSTILE'}, 'description': 'HOSTILE'}]}",
                "{'devices': [{'id': NUMBER, 'name': 'HOSTILE', 'status': {'value': 'HOSTILE'}}]}");
    }

    /** What is JSON is YAML as well. */
    private Door hosts() {
        Door told = json(
                story.ops,
                "?customer=acme",
                "{'all': {'children': {'HOSTILE': {'hosts': {'box-NUMBER': {'label': 'HOSTILE', 'os.name': 'HOSTILE', 'HOSTILE':"
                        + " 'HOSTILE', 'ansible_host': 'HOSTILE', 'ansible_user': 'HOSTILE', 'ansible_ssh_common_args': 'HOSTILE'}},"
                        + " 'vars': {'owner': 'HOSTILE'}}}}}",
                "{'all': {'hosts': {'box-NUMBER': {'label': 'as it was'}, 'HOSTILE': {'label': 'HOSTILE'}}}}");
        return (words, number) -> told.sent(words, number)
                .map(sent -> new Sent(sent.token(), sent.query(), sent.body(), "application/yaml"));
    }

    private Door alerts() {
        Door documents = documents(story.monitoring, "", "/samples/alertmanager/firing.json");
        Door told = json(
                story.monitoring,
                "",
                "{'alerts': [{'status': 'firing', 'fingerprint': 'HOSTILE', 'startsAt': '2026-01-01T00:00:00Z', 'labels':"
                        + " {'alertname': 'HOSTILE', 'severity': 'HOSTILE', 'minventory_id': 'box-NUMBER'}, 'annotations':"
                        + " {'summary': 'HOSTILE', 'description': 'HOSTILE'}}]}");
        return (words, number) -> Stream.concat(documents.sent(words, number), told.sent(words, number));
    }

    private Door checks() {
        Door told = json(
                story.monitoring,
                "",
                "[{'element': 'box-NUMBER', 'check': 'disk', 'state': 2, 'output': 'HOSTILE', 'perfdata': 'HOSTILE'},"
                        + " {'element': 'box-NUMBER', 'check': 'HOSTILE', 'state': 1, 'output': 'x'},"
                        + " {'element': 'HOSTILE', 'check': 'load', 'state': 1, 'output': 'HOSTILE'}]");
        Door form = (words, number) -> Stream.of(new Sent(
                story.monitoring,
                "",
                ("element=box-" + number + "&check=form&state=2&output=" + encoded(words.text()))
                        .getBytes(StandardCharsets.UTF_8),
                FORM));
        return (words, number) -> Stream.concat(told.sent(words, number), form.sent(words, number));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Door json(String token, String query, String... templates) {
        return (words, number) -> Arrays.stream(templates)
                .map(template -> new Sent(token, query, filled(template, words, number), "application/json"));
    }

    private static byte[] filled(String template, Words words, int number) {
        String quoted = Json.text(words.text()).toString();
        return template.replace('\'', '"')
                .replace("NUMBER", Integer.toString(number))
                .replace("HOSTILE", quoted.substring(1, quoted.length() - 1))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Door documents(String token, String query, String... samples) {
        return (words, number) -> Arrays.stream(samples)
                .flatMap(sample -> infested(
                        token, query.replace("NUMBER", Integer.toString(number)), Samples.read(sample), words));
    }

    private static Stream<Sent> infested(String token, String query, JsonNode document, Words words) {
        return Arrays.stream(Infested.values())
                .map(how -> new Sent(token, query, Json.write(how.of(document, words)), "application/json"));
    }
}
