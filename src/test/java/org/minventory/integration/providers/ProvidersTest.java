package org.minventory.integration.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.integration.Mutations;
import org.minventory.integration.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What hosting providers' documents say, posted as an ops posts them: rehearsed, taken, taken again. */
class ProvidersTest {
    private static final String DOORS = "/integrations/providers/";
    private static final String OVH_SERVICE = "ns3204511.ip-192-0-2.eu";

    private final Story story = Story.told();
    private String customer;

    @BeforeEach
    void begin() {
        customer = Story.name("renter");
        story.customer(story.ops, customer, "Somebody who rents");
    }

    private static JsonNode sample(String name) {
        return Samples.read("/samples/providers/" + name + ".json");
    }

    private Reply send(String door, String query, JsonNode document) {
        return story.send(story.ops, "POST", DOORS + door + "?customer=" + customer + query, Json.write(document));
    }

    private List<JsonNode> post(String door, String query, JsonNode document) {
        return send(door, query, document)
                .expect(200)
                .get("receipts")
                .valueStream()
                .toList();
    }

    private static List<Integer> statuses(List<JsonNode> receipts) {
        return receipts.stream()
                .map(receipt -> receipt.get("status").intValue())
                .toList();
    }

    private JsonNode element(String name) {
        JsonNode items = story.get(story.ops, "/api/v1/elements?customer=" + customer + "&q=" + name)
                .expect(200)
                .get("items");
        assertThat(items).as(name).isNotEmpty();
        return items.get(0);
    }

    private JsonNode order(String number) {
        JsonNode items = story.get(story.ops, "/api/v1/orders?customer=" + customer)
                .expect(200)
                .get("items");
        for (JsonNode one : items)
            if (one.get("number").stringValue().equals(number))
                return story.get(story.ops, "/api/v1/orders/" + one.get("id").stringValue())
                        .expect(200);
        throw new AssertionError(number + " is not in " + items);
    }

    private long entries() {
        return story.get(story.ops, "/api/v1/testimonies?limit=1000&customer=" + customer)
                .expect(200)
                .get("items")
                .size();
    }

    private static JsonNode known(JsonNode element, String attribute, String stance) {
        return element.at("/knowledge/" + attribute + "/" + stance + "/value");
    }

    /** Rehearsed it is written nowhere, taken it is, taken again nothing is added; the receipts are those of the first time. */
    private List<JsonNode> threeTimes(String door, String query, JsonNode document) {
        long before = entries();
        List<JsonNode> dry = post(door, query + "&dryRun=true", document);
        assertThat(entries()).as("after a dry run").isEqualTo(before);
        List<JsonNode> real = post(door, query, document);
        assertThat(statuses(dry)).isEqualTo(statuses(real));
        assertThat(dry)
                .allSatisfy(receipt -> assertThat(receipt.get("seq").isNull()).isTrue());
        assertThat(real)
                .allSatisfy(receipt -> assertThat(receipt.get("seq").isNull()).isFalse());
        assertThat(entries()).as("after it was taken").isEqualTo(before + real.size());
        theSameAgainChangesNothing(door, query, document, real);
        return real;
    }

    private void theSameAgainChangesNothing(String door, String query, JsonNode document, List<JsonNode> real) {
        long before = entries();
        String knowledge = knowledge();
        for (String again : List.of("&dryRun=true", "")) {
            List<JsonNode> repeated = post(door, query + again, document);
            assertThat(repeated).hasSameSizeAs(real);
            for (int i = 0; i < real.size(); i++) {
                JsonNode first = real.get(i);
                JsonNode second = repeated.get(i);
                boolean waits = first.get("status").intValue() == 202;
                assertThat(second.get("status").intValue())
                        .as(second.toString())
                        .isEqualTo(waits ? 202 : 200);
                assertThat(second.get("confirmed").booleanValue())
                        .as(second.toString())
                        .isTrue();
                if (again.isEmpty()) assertThat(second.get("seq")).isEqualTo(first.get("seq"));
                assertThat(second.get("changes")).isEmpty();
            }
        }
        assertThat(entries()).isEqualTo(before);
        assertThat(knowledge()).isEqualTo(knowledge);
    }

    private String knowledge() {
        List<String> rows = new ArrayList<>();
        try (var db = java.sql.DriverManager.getConnection(
                        story.database().superuser().url(),
                        story.database().superuser().user(),
                        story.database().superuser().password());
                var rowsOf = db.prepareStatement(
                        "select k::text from knowledge k join customer c on c.customer_id = k.customer_id where c.slug = ? order by 1")) {
            rowsOf.setString(1, customer);
            var found = rowsOf.executeQuery();
            while (found.next()) rows.add(found.getString(1));
        } catch (java.sql.SQLException broken) {
            throw new AssertionError(broken);
        }
        return String.join("\n", rows);
    }

    // ---- a story of each provider -----------------------------------------------------------------------------------

    @Test
    void sixtyFourGibibytesAreOrderedOfOvhAndHalfOfThemDelivered() {
        List<JsonNode> ordered = threeTimes("ovh", "&element=shop-db-1&create=true", sample("ovh-order"));
        assertThat(statuses(ordered)).containsExactly(201, 201);
        assertThat(ordered.get(0).get("kind").stringValue()).isEqualTo("contract");
        assertThat(ordered.get(1).at("/element/name").stringValue()).isEqualTo("shop-db-1");
        assertThat(ordered.get(1).at("/element/status").stringValue()).isEqualTo("ordered");

        JsonNode order = order("204587113");
        assertThat(order.at("/terms/provider/value").stringValue()).isEqualTo("OVHcloud");
        assertThat(order.at("/terms/ordered.on/value").stringValue()).isEqualTo("2026-01-12");
        assertThat(order.at("/terms/price.monthly/value/amount").stringValue()).isEqualTo("89.99");
        assertThat(order.at("/terms/price.setup/value/amount").stringValue()).isEqualTo("84.99");
        assertThat(order.at("/lines/0/element/name").stringValue()).isEqualTo("shop-db-1");
        assertThat(order.at("/state").stringValue()).isEqualTo("ordered");

        // the reference is known from the order on: nobody has to name the server again
        List<JsonNode> delivered = threeTimes("ovh", "", sample("ovh-delivery"));
        assertThat(statuses(delivered)).containsExactly(201);
        assertThat(delivered.getFirst().at("/element/name").stringValue()).isEqualTo("shop-db-1");
        assertThat(delivered.getFirst().get("divergences").valueStream().map(one -> one.get("attribute")
                        .stringValue()))
                .containsExactly("memory");
        assertThat(order("204587113").at("/state").stringValue()).isEqualTo("delivered");

        JsonNode server = element("shop-db-1");
        assertThat(known(server, "memory", "ordered").longValue()).isEqualTo(64L << 30);
        assertThat(known(server, "memory", "delivered").longValue()).isEqualTo(32L << 30);
        assertThat(server.at("/knowledge/memory/verdict").stringValue()).isEqualTo("diverges");
        assertThat(server.at("/knowledge/cpu.model/verdict").stringValue()).isEqualTo("agrees");
        assertThat(server.at("/knowledge/cpu.cores/verdict").stringValue()).isEqualTo("agrees");
        assertThat(server.at("/knowledge/offer/verdict").stringValue()).isEqualTo("agrees");
        assertThat(known(server, "providerRef", "delivered").stringValue()).isEqualTo("ovh:" + OVH_SERVICE);
        assertThat(known(server, "address", "delivered").stringValue()).isEqualTo("192.0.2.117");
        assertThat(known(server, "addresses", "delivered").toString()).isEqualTo("[\"192.0.2.117\"]");
        assertThat(known(server, "blocks", "delivered").toString()).isEqualTo("[\"2001:db8:302:8a75::/64\"]");
        assertThat(known(server, "disks", "delivered").toString())
                .isEqualTo("[{\"size\":512000000000,\"type\":\"nvme\"},{\"size\":512000000000,\"type\":\"nvme\"}]");
        assertThat(known(server, "bandwidth", "delivered").longValue()).isEqualTo(1_000_000_000L);
        assertThat(known(server, "expires", "delivered").stringValue()).isEqualTo("2026-02-12");
        assertThat(known(server, "renewal", "delivered").stringValue()).isEqualTo("automatic");
        assertThat(known(server, "site", "delivered").stringValue()).isEqualTo("rbx8");
        assertThat(server.at("/knowledge/os.name/delivered").isMissingNode()).isTrue();
    }

    @Test
    void hardwareAloneIsOfWhomItIsSaidToBe() {
        List<JsonNode> taken = threeTimes("ovh", "&element=big-1&create=true", sample("ovh-hardware-scale7"));
        assertThat(statuses(taken)).containsExactly(201);
        JsonNode server = element("big-1");
        assertThat(known(server, "memory", "delivered").longValue()).isEqualTo(512L << 30);
        assertThat(known(server, "cpu.model", "delivered").stringValue()).isEqualTo("Epyc7763");
        assertThat(known(server, "disks", "delivered")).hasSize(4);
        assertThat(known(server, "disks", "delivered").get(3).get("size").longValue())
                .isEqualTo(1_920_000_000_000L);
        assertThat(statuses(threeTimes("ovh", "", sample("ovh-hardware-scale7"))))
                .containsExactly(202);
    }

    @Test
    void aServerOfHetznerRobotIsOrderedAndDelivered() {
        List<JsonNode> ordered = threeTimes("hetzner", "", sample("hetzner-robot-order-transaction"));
        assertThat(statuses(ordered)).containsExactly(201, 202);
        assertThat(ordered.get(1).get("service").stringValue()).isEqualTo("2107239");

        String waiting = ordered.get(1).get("id").stringValue();
        story.post(
                        story.ops,
                        "/api/v1/unattached/" + waiting + "/attachment",
                        "{'element': 'web-1', 'create': true, 'type': 'server'}")
                .expect(201);
        theSameAgainIsConfirmed("hetzner", sample("hetzner-robot-order-transaction"));

        List<JsonNode> delivered = threeTimes("hetzner", "", sample("hetzner-robot-server"));
        assertThat(delivered.getFirst().at("/element/name").stringValue()).isEqualTo("web-1");
        JsonNode server = element("web-1");
        assertThat(known(server, "memory", "ordered").longValue()).isEqualTo(64L << 30);
        assertThat(known(server, "disks", "ordered")).hasSize(2);
        assertThat(known(server, "cpu.model", "ordered").stringValue()).isEqualTo("AMD Ryzen 5 3600");
        assertThat(known(server, "bandwidth", "ordered").longValue()).isEqualTo(1_000_000_000L);
        assertThat(known(server, "site", "delivered").stringValue()).isEqualTo("FSN1-DC14");
        assertThat(known(server, "address", "delivered").stringValue()).isEqualTo("198.51.100.17");
        assertThat(known(server, "blocks", "delivered").toString()).isEqualTo("[\"2001:db8:1:2::/64\"]");
        assertThat(server.at("/knowledge/offer/verdict").stringValue()).isEqualTo("agrees");
        assertThat(known(server, "expires", "delivered").stringValue()).isEqualTo("2026-02-12");
        JsonNode order = order("B20260112-344958-251479");
        assertThat(order.at("/terms/ordered.on/value").stringValue()).isEqualTo("2026-01-12");
        assertThat(order.at("/state").stringValue()).isEqualTo("delivered");
    }

    private void theSameAgainIsConfirmed(String door, JsonNode document) {
        long before = entries();
        assertThat(post(door, "", document))
                .allSatisfy(receipt ->
                        assertThat(receipt.get("confirmed").booleanValue()).isTrue());
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void aServerOfHetznerCloudIsBornAsAVirtualMachine() {
        List<JsonNode> taken = threeTimes("hetzner-cloud", "&create=true", sample("hetzner-cloud-server"));
        assertThat(statuses(taken)).containsExactly(201);
        assertThat(taken.getFirst().get("scrubbed").toString()).isEqualTo("[\"/root_password\"]");
        JsonNode machine = element("staging-1");
        assertThat(machine.at("/type").stringValue()).isEqualTo("virtual-machine");
        assertThat(known(machine, "memory", "delivered").longValue()).isEqualTo(4L << 30);
        assertThat(known(machine, "disks", "delivered").toString()).isEqualTo("[{\"size\":40000000000}]");
        assertThat(known(machine, "architecture", "delivered").stringValue()).isEqualTo("x86_64");
        assertThat(known(machine, "addresses", "delivered").toString()).isEqualTo("[\"10.0.0.2\",\"198.51.100.40\"]");
        assertThat(known(machine, "os.name", "delivered").stringValue()).isEqualTo("Debian");
        assertThat(known(machine, "os.version", "delivered").stringValue()).isEqualTo("12");
        assertThat(known(machine, "price.monthly", "delivered").get("amount").stringValue())
                .isEqualTo("3.79");
        assertThat(known(machine, "site", "delivered").stringValue()).isEqualTo("fsn1");
        assertThat(known(machine, "providerRef", "delivered").stringValue()).isEqualTo("hetzner-cloud:42817733");
    }

    @Test
    void machinesOfScalewayOfBothSorts() {
        ArrayNode both = JsonNodeFactory.instance.arrayNode();
        both.add(sample("scaleway-instance")).add(sample("scaleway-elastic-metal"));
        List<JsonNode> taken = threeTimes(
                "scaleway", "&create=true&elements=scaleway:7c1f3b0e-2f35-4c5e-9a9b-0f6b6d1c2a11:intra-app-1", both);
        assertThat(statuses(taken)).containsExactly(201, 201);
        JsonNode instance = element("intra-app-1");
        assertThat(instance.at("/type").stringValue()).isEqualTo("virtual-machine");
        assertThat(known(instance, "offer", "delivered").stringValue()).isEqualTo("PRO2-S");
        assertThat(known(instance, "address", "delivered").stringValue()).isEqualTo("203.0.113.90");
        assertThat(known(instance, "disks", "delivered").toString()).isEqualTo("[{\"size\":20000000000}]");
        JsonNode metal = element("metal-1");
        assertThat(metal.at("/type").stringValue()).isEqualTo("server");
        assertThat(known(metal, "memory", "delivered").longValue()).isEqualTo(128L << 30);
        assertThat(known(metal, "cpu.cores", "delivered").longValue()).isEqualTo(6);
        assertThat(known(metal, "price.monthly", "delivered").get("amount").stringValue())
                .isEqualTo("79.99");
    }

    @Test
    void aDediboxIsSubscribedToAndDeliveredWithHalfOfItsMemory() {
        List<JsonNode> taken = threeTimes("dedibox", "&create=true", sample("dedibox"));
        assertThat(statuses(taken)).containsExactly(201, 201, 201);
        JsonNode server = element("sd-158412");
        assertThat(known(server, "memory", "ordered").longValue()).isEqualTo(64L << 30);
        assertThat(known(server, "memory", "delivered").longValue()).isEqualTo(32L << 30);
        assertThat(server.at("/knowledge/memory/verdict").stringValue()).isEqualTo("diverges");
        assertThat(server.at("/knowledge/disks/verdict").stringValue()).isEqualTo("agrees");
        assertThat(known(server, "site", "delivered").stringValue()).isEqualTo("DC3");
        JsonNode order = order("884211");
        assertThat(order.at("/terms/expires/value").stringValue()).isEqualTo("2027-01-20");
        assertThat(order.at("/terms/price.monthly/value/amount").stringValue()).isEqualTo("54.99");
        assertThat(order.at("/state").stringValue()).isEqualTo("delivered");
    }

    // ---- how documents come together, and what becomes of them ------------------------------------------------------

    @Test
    void oneBundleMayHoldAnOrderAndItsServer() {
        ObjectNode bundle = (ObjectNode) sample("ovh-order");
        sample("ovh-delivery").properties().forEach(part -> bundle.set(part.getKey(), part.getValue()));
        List<JsonNode> taken = threeTimes("ovh", "&create=true", bundle);
        assertThat(taken.stream().map(receipt -> receipt.get("kind").stringValue()))
                .containsExactly("contract", "order", "delivery-notice");
        assertThat(order("204587113").at("/terms/expires/value").stringValue()).isEqualTo("2026-02-12");
        assertThat(element(OVH_SERVICE).at("/status").stringValue()).isEqualTo("delivered");
    }

    @Test
    void documentsComeAsAListOrUnderAnyNames() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        list.add(sample("ovh-order")).add(7).add(sample("ovh-delivery"));
        assertThat(statuses(post("ovh", "&create=true&dryRun=true", list))).containsExactly(201, 201, 422, 201);
        ObjectNode map = Json.object();
        map.set("first", sample("ovh-order"));
        map.set(OVH_SERVICE, sample("ovh-delivery"));
        map.put("note", "mine");
        assertThat(statuses(post("ovh", "&create=true&dryRun=true", map))).containsExactly(201, 201, 201, 422);
        ObjectNode page = Json.object();
        page.putArray("servers").add(sample("hetzner-cloud-server").get("server"));
        page.putObject("meta").put("page", 1);
        assertThat(statuses(post("hetzner-cloud", "&create=true&dryRun=true", page)))
                .containsExactly(201);
    }

    @Test
    void oneElementIsNotSeveralServices() {
        ArrayNode both = JsonNodeFactory.instance.arrayNode();
        both.add(sample("scaleway-instance")).add(sample("scaleway-elastic-metal"));
        assertThat(send("scaleway", "&element=one", both)
                        .expect(400)
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("element");
        for (String unfit :
                List.of("elements=x", "elements=x:No_Name", "elements=:x", "element=No_Name", "witnessedAt=now"))
            send("scaleway", "&" + unfit, both).expect(400);
    }

    @Test
    void anOrderPerMonthOfOneServiceStaysEachWhatItIs() {
        ObjectNode january = (ObjectNode) sample("ovh-order");
        ObjectNode february = (ObjectNode) sample("ovh-order");
        ((ObjectNode) february.get("order")).put("orderId", 204999999).put("date", "2026-02-12T10:00:00+01:00");
        ((ObjectNode) february.at("/details/1")).put("description", "128GB DDR4 ECC 3200MHz");
        ArrayNode all = JsonNodeFactory.instance.arrayNode().add(january).add(february);
        List<JsonNode> taken = threeTimes("ovh", "&create=true", all);
        assertThat(statuses(taken)).containsExactly(201, 201, 201, 201);
        assertThat(known(element(OVH_SERVICE), "memory", "ordered").longValue()).isEqualTo(128L << 30);
        assertThat(story.get(story.ops, "/api/v1/divergences?customer=" + customer)
                        .expect(200)
                        .get("items"))
                .isEmpty();
    }

    @Test
    void whatSomebodyAgreedSinceIsNotTakenBackByTheSamePaper() {
        post("ovh", "&create=true", sample("ovh-order"));
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + customer + "', 'number': '204587113', 'terms': {'price.monthly': '80 EUR'}}")
                .expect(201);
        theSameAgainIsConfirmed("ovh", sample("ovh-order"));
        assertThat(order("204587113").at("/terms/price.monthly/value/amount").stringValue())
                .isEqualTo("80.00");
    }

    @Test
    void whatIsCancelledIsOrderedNoMore() {
        ObjectNode cancelled = (ObjectNode) sample("ovh-order");
        cancelled.put("status", "cancelled");
        assertThat(statuses(threeTimes("ovh", "&create=true", cancelled))).containsExactly(201);
        assertThat(order("204587113").at("/state").stringValue()).isEqualTo("cancelled");
        assertThat(order("204587113").at("/terms/cancelled.on/value").stringValue())
                .isEqualTo("2026-01-12");

        ObjectNode option = (ObjectNode) sample("ovh-order");
        ((ObjectNode) option.get("order")).put("orderId", 5);
        ((ObjectNode) option.at("/details/1")).put("cancelled", true);
        JsonNode line = post("ovh", "&create=true&dryRun=true", option).get(1);
        assertThat(line.at("/facts/memory").isMissingNode()).isTrue();
        assertThat(line.at("/facts/price.monthly/amount").stringValue()).isEqualTo("84.99");

        ObjectNode transaction = (ObjectNode) sample("hetzner-robot-order-transaction");
        ((ObjectNode) transaction.get("transaction")).put("status", "cancelled");
        assertThat(post("hetzner", "&dryRun=true", transaction)
                        .getFirst()
                        .at("/facts/cancelled.on")
                        .stringValue())
                .isEqualTo("2026-01-12");

        ObjectNode server = (ObjectNode) sample("hetzner-robot-server");
        server.putObject("cancellation").put("cancelled", true).put("cancellation_date", "2026-03-31");
        JsonNode ending = post("hetzner", "&dryRun=true", server).getFirst();
        assertThat(ending.at("/facts/expires").stringValue()).isEqualTo("2026-03-31");
        assertThat(ending.at("/facts/renewal").stringValue()).isEqualTo("manual");
    }

    @Test
    void whatIsNotDeliveredYetIsOrdered() {
        ObjectNode server = (ObjectNode) sample("hetzner-robot-server");
        ((ObjectNode) server.get("server")).put("status", "in process");
        assertThat(post("hetzner", "&dryRun=true", server)
                        .getFirst()
                        .get("kind")
                        .stringValue())
                .isEqualTo("order");
        ObjectNode early = (ObjectNode) sample("hetzner-robot-order-transaction");
        ((ObjectNode) early.get("transaction")).put("status", "in process").putNull("server_number");
        List<JsonNode> named = threeTimes("hetzner", "&create=true&element=later-1", early);
        assertThat(statuses(named)).containsExactly(201, 201);
        theSameWithItsNumber();
    }

    private void theSameWithItsNumber() {
        post("hetzner", "&element=later-1", sample("hetzner-robot-order-transaction"));
        List<JsonNode> delivered = post("hetzner", "", sample("hetzner-robot-server"));
        assertThat(delivered.getFirst().at("/element/name").stringValue()).isEqualTo("later-1");
    }

    // ---- whatever else comes ----------------------------------------------------------------------------------------

    static Stream<String> samples() {
        return Stream.of(
                "ovh ovh-order",
                "ovh ovh-delivery",
                "ovh ovh-hardware-scale7",
                "hetzner hetzner-robot-order-transaction",
                "hetzner hetzner-robot-server",
                "hetzner-cloud hetzner-cloud-server",
                "scaleway scaleway-instance",
                "scaleway scaleway-elastic-metal",
                "dedibox dedibox");
    }

    /** Everything that can stand in a document's place, each in one rehearsal of many documents. */
    @ParameterizedTest
    @MethodSource("samples")
    void noFieldIsNeededAndNoneDoesHarm(String sample) {
        String door = sample.split(" ", 2)[0];
        JsonNode document = sample(sample.split(" ", 2)[1]);
        List<String> done = new ArrayList<>();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Mutations.each(document, (mutated, what) -> {
            if (what.endsWith("= number") || what.contains("\\u0000")) {
                readAlone(door, mutated); // what no JSON can hold is for the readers alone
            } else {
                all.add(mutated.deepCopy());
                done.add(what);
            }
        });
        assertThat(done).hasSizeGreaterThan(100);
        for (int from = 0; from < all.size(); from += 400) {
            ArrayNode some = JsonNodeFactory.instance.arrayNode();
            for (int i = from; i < Math.min(all.size(), from + 400); i++) some.add(all.get(i));
            Reply reply = send(door, "&create=true&dryRun=true", some);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            for (JsonNode receipt : reply.json().get("receipts"))
                assertThat(receipt.get("status").intValue())
                        .as(receipt.toString())
                        .isIn(200, 201, 202, 422, 409);
        }
    }

    private static void readAlone(String door, JsonNode document) {
        if (hasNaN(document)) return;
        papers(door, JsonNodeFactory.instance.arrayNode().add(document));
    }

    private static boolean hasNaN(JsonNode node) {
        return node.isDouble()
                ? Double.isNaN(node.doubleValue())
                : node.valueStream().anyMatch(ProvidersTest::hasNaN);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFieldLessIsOneFactLessAndNotADocumentLess(String sample) {
        String door = sample.split(" ", 2)[0];
        JsonNode document = sample(sample.split(" ", 2)[1]);
        int whole = papers(door, document).size();
        Mutations.each(document, (mutated, what) -> {
            boolean wrapper = List.of("order", "details", "server", "transaction", "service", "hardware")
                    .contains(what.replace(" removed", ""));
            boolean isNumber =
                    what.equals("orderId removed") || what.equals("id removed") || what.equals("server_number removed");
            if (what.endsWith(" removed") && !wrapper && !isNumber)
                assertThat(papers(door, mutated)).as(what).hasSizeGreaterThanOrEqualTo(whole);
        });
    }

    private static List<PostedPaper> papers(String door, JsonNode document) {
        return new Mail(java.util.Objects.requireNonNull(Provider.of(door))).read(document);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void unknownFieldsChangeNothing(String sample) {
        String door = sample.split(" ", 2)[0];
        JsonNode document = sample(sample.split(" ", 2)[1]);
        List<JsonNode> plain = post(door, "&create=true&dryRun=true", document);
        JsonNode strange = document.deepCopy();
        addEverywhere(strange);
        List<JsonNode> taken = threeTimes(door, "&create=true", strange);
        assertThat(taken.stream().map(receipt -> receipt.get("facts")))
                .containsExactlyElementsOf(
                        plain.stream().map(receipt -> receipt.get("facts")).toList());
    }

    private static void addEverywhere(JsonNode node) {
        node.forEach(ProvidersTest::addEverywhere);
        if (node instanceof ObjectNode object) {
            object.put("somethingNew", "64 GB of something")
                    .put("x-number", 12.5)
                    .putNull("x_null");
            object.putObject("somethingDeep")
                    .putArray("list")
                    .add(true)
                    .addObject()
                    .put("size", "2x 1 TB SSD");
        }
    }

    @Test
    void whatIsNoDocumentOfTheProviderIsRefusedWithTheReason() {
        for (String door : List.of("ovh", "hetzner", "hetzner-cloud", "scaleway", "dedibox")) {
            for (String unfit : List.of("7", "[]", "{}", "'text'", "null", "{'a': {'b': 1}}", "{'server': 1}"))
                story.post(story.ops, DOORS + door + "?customer=" + customer, unfit)
                        .expect(422);
            for (String broken : List.of("", "{", "{'a': 1, 'a': 2}", "[".repeat(100) + "]".repeat(100)))
                story.post(story.ops, DOORS + door + "?customer=" + customer, broken)
                        .expect(400);
            assertThat(statuses(post(door, "", Samples.json("[7, {\"order\": []}, null]"))))
                    .containsExactly(422, 422, 422);
        }
        String other = story.post(story.ops, DOORS + "ovh?customer=" + customer, "{'a': 1}", "Accept-Language", "fr")
                .expect(422)
                .get("detail")
                .stringValue();
        assertThat(other).contains("OVHcloud");
        story.post(story.ops, DOORS + "gandi?customer=" + customer, "{}").expect(404);
    }

    @Test
    void anOrderOfTenThousandLinesIsTaken() {
        ObjectNode document = (ObjectNode) sample("ovh-order");
        ArrayNode details = document.putArray("details");
        for (int i = 0; i < 10_000; i++)
            details.addObject()
                    .put("description", "64GB DDR4 ECC")
                    .put("domain", "ns" + i + ".example.net")
                    .put("detailType", "ACCESSORY");
        List<JsonNode> receipts = post("ovh", "", document);
        assertThat(receipts).hasSize(10_001);
        assertThat(receipts.subList(1, 10_001))
                .allSatisfy(
                        receipt -> assertThat(receipt.get("status").intValue()).isEqualTo(202));
        List<JsonNode> again = post("ovh", "", document);
        assertThat(again.get(10_000).get("seq")).isEqualTo(receipts.get(10_000).get("seq"));
        assertThat(again.get(10_000).get("confirmed").booleanValue()).isTrue();
    }

    @Test
    void whoMaySayNoneOfItIsRefused() {
        byte[] order = Json.write(sample("ovh-order"));
        assertThat(story.send(story.ansible, "POST", DOORS + "ovh", order).status())
                .isEqualTo(403);
        assertThat(story.send(story.cio, "POST", DOORS + "ovh", order).status()).isEqualTo(403);
        assertThat(story.send(story.ops, "POST", DOORS + "ovh", order).status()).isEqualTo(400);
        assertThat(story.send(story.ops, "POST", DOORS + "ovh?customer=zenith", order)
                        .status())
                .isEqualTo(404);
    }
}
