package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.minventory.Story.Reply;
import org.minventory.party.Role;
import org.minventory.web.Route;
import org.minventory.web.Routes;
import tools.jackson.databind.JsonNode;

/**
 * Customers are sealed from one another: every route that is mapped, with every verb, called by everybody who may not.
 * The matrix is made from the routes themselves; a new route is in it without being told. No answer may hold a word of
 * Acme's, and what exists at Acme has to be answered like what exists nowhere.
 */
class SealingTest {
    private static final String FORMER = "the former ops";

    private static Story story;
    private static Acme acme;
    private static List<Visitor> nobodies;
    private static List<Visitor> strangers;
    private static Former former;
    private static List<Call> calls;
    private static String record;

    /**
     * Acme as its own people see it: what must never come out, and what paths and bodies of the matrix are filled with.
     *
     * @param canaries words that belong to Acme alone, in lower case
     * @param inventory those of them that belong to one of its infrastructures
     * @param fillings values of the path variables and query parameters, by name
     * @param bodies worth sending, by {@code METHOD /path}
     */
    private record Acme(
            Set<String> canaries,
            Set<String> inventory,
            Map<String, List<String>> fillings,
            Map<String, List<String>> bodies) {}

    /** Somebody who calls. */
    private record Visitor(
            String name, @Nullable String token, @Nullable Role role) {}

    @BeforeAll
    static void begin() {
        story = Story.fresh();
        acme = acme();
        former = former();
        nobodies = nobodies();
        strangers = strangers();
        calls = calls();
        record = record();
    }

    @AfterAll
    static void end() {
        story.close();
    }

    private static Acme acme() {
        JsonNode robot = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'canary-robot', 'customer': 'acme',"
                                + " 'token': {'label': 'canary-label', 'scopes': ['read:inventory', 'testify:*']}}")
                .expect(201);
        String token = robot.at("/token/id").stringValue();
        String witness = robot.at("/id").stringValue();
        String mandate = first("/api/v1/mandates", "/items/0/id");
        String cursor = first("/api/v1/witnesses?limit=1", "/next");

        declare("/api/v1/infrastructures", "{'customer': 'acme', 'name': 'canary-shop', 'label': 'Canary shop'}");
        declare("/api/v1/providers", "{'customer': 'acme', 'name': 'canary-hosting', 'kind': 'hosting'}");
        declare(
                "/api/v1/element-types",
                "{'customer': 'acme', 'name': 'canary-type', 'labels': {'en': 'Canary', 'fr': 'Canari'}}");
        declare(
                "/api/v1/attributes",
                "{'customer': 'acme', 'name': 'canary-colour', 'type': 'text', 'labels': {'en': 'Colour', 'fr': 'Couleur'}}");

        JsonNode wish = tell(
                "{'kind': 'wish', 'element': 'canary-web', 'type': 'server', 'facts': {'memory': '8 GiB',"
                        + " 'infrastructure': 'canary-shop', 'label': 'Canary web', 'tags': ['canary-tag']}}",
                201);
        JsonNode survey = tell(
                "{'kind': 'survey', 'element': 'canary-web', 'note': 'canary note', 'facts': {'memory': '4 GiB',"
                        + " 'serial': 'Q7-314159', 'fqdn': 'web.canary.example', 'addresses': ['192.0.2.77/24']}}",
                201);
        JsonNode ofAll = tell(
                "{'kind': 'maintenance', 'infrastructure': 'canary-shop', 'note': 'canary note of all of it'}", 201);
        JsonNode lost = tell("{'kind': 'survey', 'element': 'canary-lost', 'facts': {'memory': '4 GiB'}}", 202);
        JsonNode net = tell(
                "{'kind': 'wish', 'element': 'canary-net', 'type': 'ip-range', 'facts': {'range': '192.0.2.64/27',"
                        + " 'infrastructure': 'canary-shop'}}",
                201);
        String delivery = tell(
                        "{'kind': 'delivery-notice', 'element': 'canary-box', 'type': 'server', 'create': true,"
                                + " 'facts': {'memory': '8 GiB', 'infrastructure': 'canary-shop'}}",
                        201)
                .at("/id")
                .stringValue();
        String element = wish.at("/element/id").stringValue();
        String range = net.at("/element/id").stringValue();
        String divergence = survey.at("/divergences/0/id").stringValue();
        String told = wish.at("/id").stringValue();
        String seen = survey.at("/id").stringValue();
        String unattached = lost.at("/id").stringValue();

        String project = story.post(
                        story.cio,
                        "/api/v1/projects",
                        "{'name': 'canary-project', 'title': 'Canary project', 'infrastructure': 'canary-shop'}")
                .expect(201)
                .at("/project/id")
                .stringValue();

        JsonNode message = story.post(
                        story.cio,
                        "/api/v1/projects/" + project + "/messages",
                        "{'text': 'canary word', 'attachments': [{'name': 'canary-plan.txt', 'mediaType': 'text/plain',"
                                + " 'content': 'Y2FuYXJ5IHBsYW4='}]}")
                .expect(201);
        String said = message.at("/id").stringValue();
        String file = message.at("/project/attachments/0/sha256").stringValue();

        Set<String> inventory = new TreeSet<>(
                Set.of("canary-", "canary ", "q7-314159", "192.0.2.77", element, divergence, told, seen, unattached));
        inventory.add(range);
        String whole = ofAll.at("/id").stringValue();
        inventory.add(whole);
        inventory.add(delivery);
        inventory.addAll(Set.of(project, said, file));
        String order = story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': 'acme', 'number': 'canary-4711', 'terms': {'provider': 'canary-hosting'}}")
                .expect(201)
                .at("/order/id")
                .stringValue();
        inventory.add(order);
        String revoked = share(project).at("/address").stringValue();
        story.delete(story.cio, "/api/v1/share-links/" + first("/api/v1/share-links", "/items/0/id"))
                .expect(204);
        String link = share(project).at("/id").stringValue();
        String subscription = story.post(
                        story.cio, "/api/v1/subscriptions", "{'label': 'canary-news', 'channel': {'type': 'atom'}}")
                .expect(201)
                .at("/id")
                .stringValue();
        tell("{'kind': 'note', 'element': '" + element + "', 'note': 'canary for the feed'}", 201);
        String dispatch = Awaiting.until(
                        () -> story.get(story.cio, "/api/v1/dispatches?subscription=" + subscription)
                                .expect(200),
                        page -> !page.get("items").isEmpty())
                .at("/items/0/id")
                .stringValue();
        Set<String> canaries = new TreeSet<>(inventory);
        canaries.addAll(Set.of("acme", "canary", story.acme, link, token, witness, mandate, subscription, dispatch));

        Map<String, List<String>> fillings = new TreeMap<>();
        fillings.put("customer", List.of("acme", story.acme));
        fillings.put("token", List.of(token));
        fillings.put("witness", List.of(witness));
        fillings.put("mandate", List.of(mandate));
        fillings.put("team", List.of("gardeners"));
        fillings.put("member", List.of(witness));
        fillings.put("slug", List.of("not-found"));
        fillings.put("element", List.of(element, "canary-web", range));
        fillings.put("divergence", List.of(divergence));
        fillings.put("project", List.of(project, "canary-project"));
        fillings.put("message", List.of(said));
        fillings.put("n", List.of("1"));
        fillings.put("sha256", List.of(file));
        fillings.put("link", List.of(link));
        fillings.put("subscription", List.of(subscription));
        fillings.put("dispatch", List.of(dispatch));
        fillings.put("secret", List.of(revoked.substring("/share/".length()), "mnl_garbage"));
        fillings.put("lang", List.of("fr"));
        fillings.put("theme", List.of("dark"));
        fillings.put("order", List.of(order, "canary-4711"));
        fillings.put("delivery", List.of(delivery, "canary-box"));
        fillings.put("state", List.of("requested"));
        fillings.put("provider", List.of("ovh", "hetzner"));
        fillings.put("elements", List.of("ns1.canary.example:canary-web"));
        fillings.put("turn", List.of("ops"));
        fillings.put("testimony", List.of(told, seen, unattached, whole, said));
        fillings.put("name", List.of("canary-shop", "canary-hosting", "canary-type"));
        // of the query
        fillings.put("infrastructure", List.of("canary-shop"));
        fillings.put("type", List.of("server", "canary-type"));
        fillings.put("tag", List.of("canary-tag"));
        fillings.put("q", List.of("canary", "Q7-314159", "192.0.2.77", "web.canary.example"));
        fillings.put("fact.*", List.of("fact.serial=eq:Q7-314159", "fact.memory=ge:1 GiB", "fact.canary-colour=eq:x"));
        fillings.put("inside", List.of("192.0.2.0/24"));
        fillings.put("from", List.of("2026-01-01T00:00:00Z", "1"));
        fillings.put("asOf", List.of("2030-01-01T00:00:00Z", "1"));
        fillings.put("knownAt", List.of("2030-01-01T00:00:00Z", "1"));
        fillings.put("diverging", List.of("true"));
        fillings.put("unattached", List.of("true"));
        fillings.put("after", List.of(cursor));
        fillings.put("limit", List.of("100"));
        fillings.put("fields", List.of("id,slug,name"));
        fillings.put("dryRun", List.of("true"));
        fillings.put("port", List.of("9100"));
        fillings.put("probe", List.of("true"));
        fillings.put("tool", List.of("icinga"));
        fillings.put("tenant", List.of("canary-shop"));
        fillings.put("export", List.of("ssh-config", "known-hosts", "hosts", "zone", "cidr", "csv", "json"));
        fillings.put("zone", List.of("canary.example", "2.0.192.in-addr.arpa"));
        fillings.put("ns", List.of("ns1.canary.example"));
        fillings.put("family", List.of("4"));
        fillings.put("form", List.of("netbox"));
        fillings.put("flat", List.of("true"));
        fillings.put("group_by", List.of("infrastructure,tag,serial"));

        Map<String, List<String>> bodies = new LinkedHashMap<>();
        bodies.put("POST /api/v1/customers", List.of("{'slug': 'SLUG', 'name': 'Mine'}"));
        bodies.put("POST /api/v1/mandates", List.of("{'customer': '" + story.acme + "'}"));
        bodies.put(
                "POST /api/v1/witnesses",
                List.of(
                        "{'role': 'cio', 'name': 'Mole', 'customer': 'acme'}",
                        "{'role': 'robot', 'name': 'Mole', 'customers': ['" + story.acme
                                + "'], 'token': {'scopes': ['read:inventory']}}"));
        bodies.put(
                "POST /api/v1/tokens",
                List.of(
                        "{'label': 'mine', 'scopes': ['read:inventory'], 'witness': '" + witness + "'}",
                        "{'label': 'mine', 'customers': ['acme']}",
                        "{'label': 'mine', 'customers': ['" + story.acme + "']}"));
        bodies.put(
                "POST /api/v1/testimonies",
                List.of(
                        "{'kind': 'note', 'element': 'canary-web', 'customer': 'acme', 'note': 'x'}",
                        "{'kind': 'note', 'element': '" + element + "', 'note': 'x'}",
                        "{'kind': 'survey', 'element': {'serial': 'Q7-314159'}, 'facts': {'memory': '1 GiB'}}",
                        "{'kind': 'incident', 'infrastructure': 'canary-shop', 'customer': 'acme', 'note': 'x'}",
                        "{'kind': 'incident', 'infrastructure': 'canary-shop', 'note': 'x'}",
                        "{'kind': 'withdrawal', 'testimony': '" + whole + "'}",
                        "{'kind': 'attachment', 'testimony': '" + unattached + "', 'infrastructure': 'canary-shop'}",
                        "{'kind': 'wish', 'element': 'SLUG', 'type': 'server', 'facts': {'runs-on': 'canary-web'}}",
                        "{'kind': 'wish', 'element': 'SLUG', 'type': 'server', 'facts': {'runs-on': '" + element
                                + "'}}",
                        "{'kind': 'wish', 'element': 'SLUG', 'type': 'canary-type'}",
                        "{'kind': 'withdrawal', 'testimony': '" + told + "'}",
                        "{'kind': 'attachment', 'testimony': '" + unattached + "', 'element': 'canary-web'}",
                        "{'kind': 'divergence-decision', 'decision': 'acknowledge', 'divergence': '" + divergence
                                + "'}",
                        "[{'kind': 'withdrawal', 'testimony': '" + told + "'}, {'kind': 'note', 'element': '" + element
                                + "', 'customer': '" + story.acme + "', 'note': 'x'}]"));
        bodies.put(
                "POST /api/v1/divergences/{divergence}/acceptance",
                List.of("{'until': '2027-01-01T00:00:00Z', 'reason': 'mine'}"));
        bodies.put(
                "POST /api/v1/unattached/{testimony}/attachment",
                List.of(
                        "{'element': 'canary-web'}",
                        "{'element': '" + element + "'}",
                        "{'infrastructure': 'canary-shop'}"));
        bodies.put("POST /api/v1/elements/{element}/next-address", List.of("{'assignedTo': 'canary-web'}"));
        bodies.put("POST /api/v1/elements/{element}/next-range", List.of("{'prefixLength': 30}"));
        bodies.put(
                "POST /api/v1/projects",
                List.of("{'customer': 'acme', 'name': 'mine', 'title': 'Mine'}", "{'name': 'canary-project'}"));
        bodies.put(
                "POST /api/v1/orders", List.of("{'customer': 'acme', 'number': 'mine'}", "{'number': 'canary-4711'}"));
        bodies.put("POST /api/v1/orders/{order}/renewals", List.of("{'terms': {'expires': '2027-01-01'}}"));
        bodies.put("POST /api/v1/orders/{order}/invoices", List.of("{'terms': {'price.monthly': '1 EUR'}}"));
        bodies.put("POST /api/v1/orders/{order}/lines", List.of("{'lines': [{'element': 'canary-web'}]}"));
        bodies.put(
                "POST /api/v1/projects/{project}/messages",
                List.of(
                        "{'text': 'mine'}",
                        "{'text': 'mine', 'attachments': [{'name': 'mine.txt', 'mediaType': 'text/plain', 'content': 'eA=='}]}"));
        bodies.put("POST /api/v1/projects/{project}/approval", List.of("{'decision': 'cancelled', 'text': 'mine'}"));
        bodies.put("POST /api/v1/deliveries/{delivery}/acceptance", List.of("{'decision': 'accept'}"));
        bodies.put("POST /api/v1/access-review/revocations", List.of("{'customer': 'acme', 'holder': 'Canary'}"));
        bodies.put(
                "POST /api/v1/share-links",
                List.of(
                        "{'project': '" + project + "'}",
                        "{'project': 'canary-project', 'kind': 'approve', 'label': 'mine'}"));
        bodies.put("POST /api/v1/infrastructures", List.of("{'customer': 'acme', 'name': 'mine'}"));
        bodies.put("POST /api/v1/providers", List.of("{'customer': 'acme', 'name': 'mine', 'kind': 'hosting'}"));
        bodies.put(
                "POST /api/v1/element-types",
                List.of("{'customer': 'acme', 'name': 'mine', 'labels': {'en': 'Mine', 'fr': 'Mien'}}"));
        bodies.put(
                "POST /api/v1/attributes",
                List.of(
                        "{'customer': 'acme', 'name': 'mine', 'type': 'text', 'labels': {'en': 'Mine', 'fr': 'Mien'}}"));
        bodies.put(
                "POST /api/v1/imports/csv",
                List.of("name,memory,note\n" + element + ",1 GB,mine\n", "name,runs-on\nSLUG,canary-web\n"));
        // by an identifier, which brings nobody into being: a name would become the visitor's own
        bodies.put(
                "POST /api/v1/imports/ansible",
                List.of("all: {hosts: {" + element + ": {memory: 1 GiB, ansible_user: root}}}\n"));
        bodies.put("POST /api/v1/imports/netbox", List.of("{'devices': [{'id': 1, 'name': '" + element + "'}]}"));
        bodies.put(
                "POST /integrations/terraform/state",
                List.of(
                        "{'format_version': '1.0', 'values': {'root_module': {'resources': [{'address': 'hcloud_server.x',"
                                + " 'type': 'hcloud_server', 'values': {'name': 'canary-web', 'ipv4_address': '192.0.2.77'}}]}}}"));
        bodies.put("POST /integrations/ansible/facts", List.of("{'ansible_facts': {'ansible_memtotal_mb': 1024}}"));
        bodies.put(
                "POST /integrations/ansible/runs",
                List.of("{'stats': {'canary-web': {'ok': 1, 'changed': 1}, 'canary-web.acme': {'failures': 1}}}"));
        bodies.put(
                "POST /integrations/alertmanager",
                List.of(
                        "{'alerts': [{'status': 'firing', 'labels': {'alertname': 'x', 'minventory_id': 'canary-web'}}]}",
                        "{'alerts': [{'status': 'firing', 'labels': {'alertname': 'x', 'minventory_id': '" + element
                                + "'}}]}",
                        "{'alerts': [{'status': 'resolved', 'labels': {'instance': '192.0.2.77:9100'}}]}"));
        bodies.put(
                "POST /integrations/checks",
                List.of(
                        "{'element': 'canary-web', 'state': 2, 'output': 'x'}",
                        "[{'element': '" + element + "', 'state': 2}, {'element': '192.0.2.77', 'state': 'OK'}]"));
        bodies.put("POST /integrations/lshw", List.of("{'class': 'system', 'id': 'x', 'serial': 'Q7-314159'}"));
        bodies.put(
                "POST /integrations/survey",
                List.of(
                        "{'survey.sh': 1, 'parts': {'dmi': {'output': '/sys/class/dmi/id/product_serial:Q7-314159'}}}"));
        bodies.put(
                "POST /integrations/providers/{provider}",
                List.of(
                        "{'order': {'orderId': 'canary-4711'}, 'details': [{'domain': 'ns1.canary.example'}]}",
                        "{'server': {'name': 'ns1.canary.example', 'ip': '192.0.2.77'}}",
                        "{'server': {'server_number': 314159, 'server_ip': '192.0.2.77'}}"));
        return new Acme(canaries, inventory, fillings, bodies);
    }

    private static String first(String path, String pointer) {
        return story.get(story.cio, path).expect(200).at(pointer).stringValue();
    }

    private static JsonNode share(String project) {
        return story.post(story.ops, "/api/v1/share-links", "{'project': '" + project + "'}")
                .expect(201);
    }

    private static void declare(String path, String body) {
        story.post(story.ops, path, body).expect(201);
    }

    /** Those to whom Acme does not exist. */
    private static List<Visitor> strangers() {
        String zenithsMember = story.person(story.stranger, "zenith", "member", "Zed of Zenith");
        String zenithsRobot = story.robot(story.stranger, "zenith", "zeppelin", "read:inventory", "testify:*");
        List<Visitor> strangers = new ArrayList<>(List.of(
                new Visitor("Zenith's CIO", story.stranger, Role.CIO),
                new Visitor("Zenith's member", zenithsMember, Role.MEMBER),
                new Visitor("Zenith's robot", zenithsRobot, Role.ROBOT),
                new Visitor("Zenith's ops", story.strangersOps, Role.OPS),
                new Visitor("the operator", story.operator, Role.OPERATOR)));
        strangers.add(new Visitor(FORMER, former.ops(), Role.OPS));
        return strangers;
    }

    /** A team that Acme mandated once; what it said itself. */
    private record Former(String ops, String robot, String own, String lost) {}

    private static Former former() {
        story.post(story.operator, "/api/v1/ops-teams", "{'slug': 'formers', 'name': 'Formers'}")
                .expect(201);
        String ops = story.post(story.operator, "/api/v1/ops-teams/formers/members", "{'name': 'Fred of Formers'}")
                .expect(201)
                .at("/token")
                .stringValue();
        String mandate = story.post(ops, "/api/v1/mandates", "{'customer': '" + story.acme + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(story.cio, "/api/v1/mandates/" + mandate + "/acceptance", "").expect(200);
        String robot = story.robot(ops, "acme", "canary-of-formers", "read:inventory", "testify:*");
        story.get(robot, "/api/v1/customers/acme").expect(200);
        String own = say(ops, "{'kind': 'note', 'element': 'canary-web', 'note': 'said by formers'}", 201);
        String lost = say(robot, "{'kind': 'survey', 'element': 'nowhere-yet', 'facts': {'kernel': '6.1'}}", 202);
        story.post(story.cio, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
        newer(own, lost);
        return new Former(ops, robot, own, lost);
    }

    private static String say(String token, String told, int status) {
        return story.post(token, "/api/v1/testimonies?customer=acme", told)
                .expect(status)
                .at("/id")
                .stringValue();
    }

    /** What comes after the end, also of what was said before: none of it is the former team's to know. */
    private static void newer(String own, String lost) {
        declare("/api/v1/infrastructures", "{'customer': 'acme', 'name': 'newer-shop', 'label': 'Newer shop'}");
        tell("{'kind': 'wish', 'element': 'newer-web', 'type': 'server', 'facts': {'memory': '8 GiB'}}", 201);
        tell("{'kind': 'note', 'element': 'canary-web', 'note': 'newer note'}", 201);
        tell("{'kind': 'withdrawal', 'testimony': '" + own + "', 'note': 'newer doubt'}", 201);
        tell("{'kind': 'attachment', 'testimony': '" + lost + "', 'element': 'newer-web'}", 201);
        story.person(story.cio, "acme", "member", "Newer Nora");
        story.post(story.cio, "/api/v1/projects", "{'name': 'newer-project', 'title': 'Newer project'}")
                .expect(201);
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': 'acme', 'number': 'newer-1', 'terms': {'provider': 'newer'}}")
                .expect(201);
    }

    /** Those who are nobody. */
    private static List<Visitor> nobodies() {
        String revoked = story.robot(story.ops, "acme", "canary-revoked", "read:inventory", "testify:*");
        String id = story.get(revoked, "/api/v1/tokens")
                .expect(200)
                .at("/items/0/id")
                .stringValue();
        story.delete(story.ops, "/api/v1/tokens/" + id).expect(204);
        return List.of(
                new Visitor("no token", Story.NOBODY, null),
                new Visitor("a garbage token", "mnv_garbage", null),
                new Visitor("a revoked token", revoked, null),
                new Visitor("a robot of the former ops", former.robot(), null));
    }

    /** Acme's own, of whom none may do everything. */
    private static List<Visitor> insiders() {
        return List.of(
                new Visitor("Acme's member", story.member, Role.MEMBER),
                new Visitor("Acme's robot", story.monitoring, Role.ROBOT),
                new Visitor("Acme's CIO", story.cio, Role.CIO));
    }

    /** One call of the matrix. */
    private record Call(
            String method, String path, @Nullable String body, Route route) {
        boolean isReading() {
            return method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + path + (body == null ? "" : " " + body);
        }
    }

    @TestFactory
    Stream<DynamicTest> nobodyIsLetIn() {
        Reply refused = story.get(Story.NOBODY, "/api/v1/customers");
        return nobodies.stream()
                .map(visitor -> DynamicTest.dynamicTest(visitor.name(), () -> {
                    for (Call call : calls) {
                        Reply reply = call(visitor, call);
                        if (call.route().isPublic())
                            assertThat(reply.status()).as(call.toString()).isLessThan(500);
                        else assertThat(reply.text()).as(call.toString()).isEqualTo(refused.text());
                        assertSealed(visitor, call, reply);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> toStrangersAcmeDoesNotExist() {
        // all read before anybody writes: afterwards they would read again what they told themselves
        return Stream.concat(
                strangers.stream()
                        .map(visitor -> DynamicTest.dynamicTest(
                                visitor.name() + " reads", () -> meetNothing(visitor, call -> call.isReading()))),
                strangers.stream()
                        .map(visitor -> DynamicTest.dynamicTest(visitor.name() + " writes", () -> {
                            meetNothing(visitor, call -> !call.isReading());
                            assertUnharmed();
                        })));
    }

    private static void meetNothing(Visitor visitor, Predicate<Call> which) {
        for (Call call : calls) {
            if (!which.test(call) || isKept(visitor, call)) continue;
            Reply reply = call(visitor, call);
            assertThat(reply.status()).as(visitor.name() + ": " + call).isLessThan(500);
            assertSealed(visitor, call, reply);
            assertLikeUnknown(visitor, call, reply);
        }
    }

    /** What a former team keeps: its own words, and the dossier of then. */
    private static boolean isKept(Visitor visitor, Call call) {
        if (!visitor.name().equals(FORMER) || !call.isReading()) return false;
        String path = call.path();
        return Stream.of("acme", story.acme)
                .anyMatch(one -> path.equals("/api/v1/testimonies?customer=" + one)
                        || path.equals("/api/v1/customers/" + one + "/dossier"));
    }

    @TestFactory
    Stream<DynamicTest> whatAFormerTeamKeepsHoldsNothingNewerAndNoOthersWords() {
        return Stream.of(
                DynamicTest.dynamicTest("its own words", () -> {
                    for (String customer : List.of("acme", story.acme)) {
                        JsonNode kept = story.get(former.ops(), "/api/v1/testimonies?customer=" + customer)
                                .expect(200)
                                .get("items");
                        assertThat(kept).hasSize(2);
                        assertThat(kept.get(0).get("id").stringValue()).isEqualTo(former.lost());
                        assertThat(kept.get(1).get("id").stringValue()).isEqualTo(former.own());
                        assertThat(kept.get(0).get("element").isNull()).isTrue();
                        assertThat(kept.get(0).get("unattached").stringValue()).isEqualTo("unknown");
                        assertThat(kept.get(1).get("withdrawnBy").isNull()).isTrue();
                        assertThat(kept.toString().toLowerCase(Locale.ROOT)).doesNotContain("newer");
                    }
                    String page = "/api/v1/testimonies?customer=acme&limit=1";
                    String next = story.get(former.ops(), page)
                            .expect(200)
                            .get("next")
                            .stringValue();
                    assertThat(story.get(former.ops(), page + "&after=" + next)
                                    .expect(200)
                                    .at("/items/0/id")
                                    .stringValue())
                            .isEqualTo(former.own());
                    story.get(former.ops(), "/api/v1/testimonies/" + former.own())
                            .expect(200);
                    Reply unknown = story.get(former.ops(), "/api/v1/testimonies/" + UUID.randomUUID());
                    assertThat(unknown.status()).isEqualTo(404);
                    for (String theirs : acme.fillings().get("testimony"))
                        assertThat(story.get(former.ops(), "/api/v1/testimonies/" + theirs)
                                        .text())
                                .isEqualTo(unknown.text());
                    for (String filter : List.of("element=canary-web", "withdrawn=true", "unattached=false"))
                        assertThat(story.get(former.ops(), "/api/v1/testimonies?customer=acme&" + filter)
                                        .text())
                                .isEqualTo(story.get(former.ops(), "/api/v1/testimonies?customer=nobody&" + filter)
                                        .text());
                }),
                DynamicTest.dynamicTest("the dossier of then", () -> {
                    String path = "/api/v1/customers/acme/dossier";
                    Reply kept = story.get(former.ops(), path);
                    assertThat(kept.status()).isEqualTo(200);
                    long last = Long.parseLong(kept.header("Minventory-Head").split(":", 2)[0]);
                    Map<String, String> files = unpacked(kept.bytes());
                    assertThat(files.get("record.ndjson")).contains("said by formers");
                    assertThat(files.get("record.ndjson").lines().filter(line -> line.contains("\"entry\"")))
                            .hasSize((int) last);
                    files.forEach((name, text) ->
                            assertThat(text.toLowerCase(Locale.ROOT)).as(name).doesNotContain("newer"));
                    assertThat(story.get(former.ops(), path, "If-None-Match", kept.header("ETag"))
                                    .status())
                            .isEqualTo(304);
                    assertThat(story.get(former.ops(), path + "?knownAt=" + (last + 1))
                                    .status())
                            .isEqualTo(404);
                }),
                DynamicTest.dynamicTest("nothing for tokens that are limited, robots and other teams", () -> {
                    String limited = story.post(
                                    former.ops(),
                                    "/api/v1/tokens",
                                    "{'label': 'x', 'infrastructures': ['canary-shop']}")
                            .expect(201)
                            .at("/secret")
                            .stringValue();
                    for (String path : List.of("/api/v1/customers/acme/dossier", "/api/v1/testimonies?customer=acme")) {
                        assertThat(story.get(limited, path).status()).as(path).isEqualTo(404);
                        assertThat(story.get(story.strangersOps, path).status())
                                .as(path)
                                .isEqualTo(404);
                        assertThat(story.get(former.robot(), path).status())
                                .as(path)
                                .isEqualTo(401);
                    }
                }));
    }

    /** Tokens, links and mandates are seen by the team whose they are. */
    private static boolean isOfItsTeam(Call call) {
        return call.path().startsWith("/api/v1/tokens/")
                || call.path().startsWith("/api/v1/share-links/")
                || call.path().startsWith("/api/v1/mandates/");
    }

    private static Map<String, String> unpacked(byte[] packed) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return files;
    }

    /** The mandate goes to another team: on every route that reads it reaches what the ops of the customer reaches. */
    @TestFactory
    Stream<DynamicTest> theNewTeamReachesAllAndTheFormerNothingOfIt() {
        return Stream.of(DynamicTest.dynamicTest("the new ops", () -> {
            story.post(story.operator, "/api/v1/ops-teams", "{'slug': 'newcomers', 'name': 'Newcomers'}")
                    .expect(201);
            String ops = story.post(
                            story.operator, "/api/v1/ops-teams/newcomers/members", "{'name': 'Nina of Newcomers'}")
                    .expect(201)
                    .at("/token")
                    .stringValue();
            Visitor before = new Visitor("the ops to come", ops, Role.OPS);
            meetNothing(before, Call::isReading);
            String mandate = story.post(ops, "/api/v1/mandates", "{'customer': '" + story.acme + "'}")
                    .expect(201)
                    .at("/id")
                    .stringValue();
            story.post(story.cio, "/api/v1/mandates/" + mandate + "/acceptance", "")
                    .expect(200);
            Visitor now = new Visitor("the new ops", ops, Role.OPS);
            Visitor ours = new Visitor("Acme's ops", story.ops, Role.OPS);
            Set<String> heard = new TreeSet<>();
            for (Call call : calls) {
                if (!call.isReading() || call.path().contains("after=")) continue;
                Reply reply = call(now, call);
                assertThat(reply.status()).as(call.toString()).isLessThan(500);
                if (call(ours, call).status() == 200 && !isOfItsTeam(call))
                    assertThat(reply.status()).as("the new ops: " + call).isEqualTo(200);
                String text = reply.text().toLowerCase(Locale.ROOT);
                acme.inventory().stream().filter(text::contains).forEach(heard::add);
            }
            assertThat(heard).isEqualTo(acme.inventory());
            say(ops, "{'kind': 'note', 'element': 'newer-web', 'note': 'newer still'}", 201);
            for (String kept : List.of("/api/v1/testimonies?customer=acme", "/api/v1/testimonies/" + former.own()))
                assertThat(story.get(former.ops(), kept).text().toLowerCase(Locale.ROOT))
                        .doesNotContain("newer");
            story.post(story.cio, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
            meetNothing(new Visitor(FORMER, ops, Role.OPS), Call::isReading);
            record = record(); // what the change itself has added is no harm
        }));
    }

    /** All the deleting, ending and withdrawing that was tried has changed nothing. */
    private static void assertUnharmed() {
        for (String own : List.of(story.ops, story.cio, story.ansible))
            story.get(own, "/api/v1/customers/acme").expect(200);
        for (String token : acme.fillings().get("token"))
            story.get(story.cio, "/api/v1/tokens/" + token).expect(200);
        for (String link : acme.fillings().get("link"))
            story.get(story.cio, "/api/v1/share-links/" + link).expect(200);
        assertThat(record()).isEqualTo(record);
    }

    /** All that Acme's record holds, without the line that says when it was asked for. */
    private static String record() {
        String export = story.get(story.cio, "/api/v1/record?customer=acme").text();
        return export.lines().filter(line -> line.contains("\"entry\"")).collect(Collectors.joining("\n"));
    }

    /** Somebody who reaches one infrastructure of a customer knows nothing of its other ones. */
    @TestFactory
    Stream<DynamicTest> toWhoReachesAnotherInfrastructureThisOneDoesNotExist() {
        String path = "/api/v1/witnesses";
        String wish = "{'role': 'robot', 'name': 'office', 'customer': 'acme', 'token': {'label': 'office',"
                + " 'scopes': ['read:inventory', 'testify:*'], 'infrastructures': ['office']}}";
        Visitor office = new Visitor(
                "Acme's robot of another infrastructure",
                story.post(story.ops, path, wish)
                        .expect(201)
                        .at("/token/secret")
                        .stringValue(),
                Role.ROBOT);
        return Stream.of(DynamicTest.dynamicTest(office.name(), () -> {
            for (Call call : calls) {
                boolean ofTheCustomer = call.path().startsWith(path)
                        || call.path().startsWith("/api/v1/element-types")
                        || call.path().startsWith("/api/v1/attributes")
                        || call.path().startsWith("/api/v1/providers");
                if (!call.isReading() || ofTheCustomer) continue;
                Reply reply = call(office, call);
                assertThat(reply.status()).as(call.toString()).isLessThan(500);
                assertSilent(acme.inventory(), office, call, reply);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> whoLacksTheRightIsRefused() {
        List<Visitor> all = new ArrayList<>(insiders());
        all.addAll(strangers);
        return all.stream()
                .map(visitor -> DynamicTest.dynamicTest(visitor.name(), () -> {
                    for (Call call : calls) {
                        boolean lacks = !call.route().isPublic()
                                && call.route().rights().stream()
                                        .noneMatch(right -> visitor.role().gives(right));
                        if (lacks)
                            assertThat(call(visitor, call).status())
                                    .as(call.toString())
                                    .isEqualTo(403);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> theCanariesAreAlive() {
        return Stream.of(DynamicTest.dynamicTest("Acme's CIO", () -> {
            // a matrix whose canaries sing to nobody proves nothing
            Set<String> heard = new TreeSet<>();
            for (Call call : calls)
                if (call.method().equals("GET") && !call.route().isPublic()) {
                    String text = call(new Visitor("", story.cio, Role.CIO), call)
                            .text()
                            .toLowerCase(Locale.ROOT);
                    acme.canaries().stream().filter(text::contains).forEach(heard::add);
                }
            assertThat(heard).isEqualTo(acme.canaries());
        }));
    }

    // ---- the matrix

    /** Never ends, and is held by a test of its own. */
    private static final String STREAM = "/api/v1/events";

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        story.server().room(Routes.class).all().forEach((mapped, handler) -> {
            Route route = Route.of(handler);
            if (route.bySession() || mapped.getPatternValues().contains(STREAM)) return;
            for (String pattern : mapped.getPatternValues())
                mapped.getMethodsCondition().getMethods().forEach(method -> add(calls, method.name(), pattern, route));
        });
        assertThat(calls).hasSizeGreaterThan(20);
        // reading first: what a visitor tells later it may read again
        calls.sort(Comparator.comparing((Call call) -> !call.method().equals("GET"))
                .thenComparing(Call::toString));
        return calls;
    }

    private static void add(List<Call> calls, String method, String pattern, Route route) {
        List<String> bodies = new ArrayList<>();
        if (method.equals("GET") || method.equals("DELETE")) {
            bodies.add(null);
        } else {
            bodies.add("{}");
            bodies.addAll(acme.bodies().getOrDefault(method + " " + pattern, List.of()));
        }
        List<String> paths = new ArrayList<>(List.of(""));
        Matcher variable = Pattern.compile("\\{([^}:]+)[^}]*}").matcher(pattern);
        int from = 0;
        while (variable.find()) {
            String literal = pattern.substring(from, variable.start());
            List<String> values = filling(variable.group(1), method + " " + pattern);
            paths = paths.stream()
                    .flatMap(path -> values.stream().map(value -> path + literal + value))
                    .toList();
            from = variable.end();
        }
        String rest = pattern.substring(from);
        for (String path : paths)
            for (String body : bodies) {
                calls.add(new Call(method, path + rest, body, route));
                for (String parameter : route.parameters())
                    for (String value : acme.fillings().getOrDefault(parameter, List.of()))
                        calls.add(new Call(method, path + rest + "?" + parameter(parameter, value), body, route));
            }
    }

    private static String parameter(String parameter, String value) {
        int equals = parameter.endsWith("*") ? value.indexOf('=') : -1;
        String name = equals < 0 ? parameter : value.substring(0, equals);
        return name + "=" + URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8);
    }

    private static List<String> filling(String variable, String route) {
        List<String> values = acme.fillings().get(variable);
        if (values == null)
            fail("The matrix does not know what Acme has for {" + variable + "} of " + route
                    + ": add it to the fillings in SealingTest.acme().");
        return values;
    }

    private static JsonNode tell(String told, int status) {
        return story.post(story.ops, "/api/v1/testimonies?customer=acme", told).expect(status);
    }

    private static Reply call(Visitor visitor, Call call) {
        String body = call.body() == null ? null : call.body().replace("SLUG", Story.name("mine"));
        byte[] bytes = body == null ? null : body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        boolean isText = call.path().matches("/api/v1/imports/(csv|ansible)([?].*)?");
        String[] type = isText ? new String[] {"Content-Type", "text/plain"} : new String[0];
        return story.send(visitor.token(), call.method(), call.path(), bytes, type);
    }

    /** Nothing of Acme's comes out, save what the visitor said itself. */
    private static void assertSealed(Visitor visitor, Call call, Reply reply) {
        assertSilent(acme.canaries(), visitor, call, reply);
    }

    private static void assertSilent(Set<String> canaries, Visitor visitor, Call call, Reply reply) {
        String said = URLDecoder.decode(call.path(), StandardCharsets.UTF_8) + " " + call.body();
        String heard = (reply.text() + reply.headers().map()).toLowerCase(Locale.ROOT);
        // a tag is a hash: sooner or later it spells any four letters
        heard = heard.replace(reply.header("ETag").toLowerCase(Locale.ROOT), "");
        for (String word : List.of(said.toLowerCase(Locale.ROOT).split("[^a-z0-9.-]+", -1)))
            if (canaries.stream().anyMatch(word::contains)) heard = heard.replace(word, "");
        for (String canary : canaries)
            assertThat(heard).as(visitor.name() + ": " + call).doesNotContain(canary);
    }

    /** What exists at Acme is answered like what exists nowhere. */
    private static void assertLikeUnknown(Visitor visitor, Call call, Reply reply) {
        Map<String, String> unknown = new LinkedHashMap<>();
        String path = call.path();
        String body = call.body();
        for (String canary : acme.canaries()) {
            String other = canary.length() == 36 ? UUID.randomUUID().toString() : "nobody-at-all";
            if (path.contains(canary) || (body != null && body.contains(canary))) unknown.put(canary, other);
            path = path.replace(canary, other);
            if (body != null) body = body.replace(canary, other);
        }
        if (unknown.isEmpty() || call.path().contains("after=")) return;
        Reply elsewhere = call(visitor, new Call(call.method(), path, body, call.route()));
        assertThat(elsewhere.status()).as(visitor.name() + ": " + call).isEqualTo(reply.status());
        if (reply.status() < 300) return; // something of the visitor's own was made, with identifiers of its own
        String expected = reply.text();
        for (Map.Entry<String, String> each : unknown.entrySet())
            expected = expected.replace(each.getKey(), each.getValue());
        assertThat(elsewhere.text()).as(visitor.name() + ": " + call).isEqualTo(expected);
    }
}
