package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Npm;
import org.minventory.Story;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** What ends, and what is worked on, as a calendar program reads it by the address of a subscription. */
class CalendarTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();

    private static Story story;
    private final LocalDate today = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);
    private String customer;
    private String cio;

    @BeforeAll
    static void open() {
        story = Story.fresh(CLOCK);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @BeforeEach
    void begin() {
        customer = Story.name("almanac");
        story.customer(story.ops, customer, "Almanac & Sons");
        cio = story.person(story.ops, customer, "cio", "Ada of Almanac");
    }

    private JsonNode says(String testimony) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private String in(int days) {
        return today.plusDays(days).toString();
    }

    private String subscribe(String token, String more) {
        return story.post(
                        token,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'calendar'}" + more + "}")
                .expect(201)
                .get("address")
                .stringValue();
    }

    private static JsonNode read(String address) {
        Story.Reply reply = story.get(Story.NOBODY, address);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/calendar;charset=utf-8");
        assertThat(reply.header("Cache-Control")).isEqualTo("private, no-cache");
        Npm.Ran read = Npm.run("read-calendar.mjs", reply.text());
        assertThat(read.err()).isEmpty();
        return Json.MAPPER.readTree(read.out());
    }

    private static List<String> seen(JsonNode calendar) {
        return calendar.get("events")
                .valueStream()
                .map(one -> one.get("start").stringValue() + " "
                        + one.get("summary").stringValue())
                .toList();
    }

    private static Map<String, String> uids(JsonNode calendar) {
        return calendar.get("events")
                .valueStream()
                .collect(Collectors.toMap(one -> one.get("uid").stringValue(), one -> one.get("start")
                        .stringValue()));
    }

    private static int status(String address) {
        return story.get(Story.NOBODY, address).status();
    }

    private void tell() {
        says("{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'expires': '" + in(9)
                + "', 'renewal': 'manual', 'owner': 'Acme', 'infrastructure': 'shop'}}");
        says("{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'warranty.ends': '" + in(52)
                + "', 'os.name': 'Debian', 'os.version': '12', 'infrastructure': 'lab'}}");
        says("{'kind': 'wish', 'element': 'old.example', 'type': 'domain', 'facts': {'expires': '" + in(-3) + "'}}");
        says("{'kind': 'wish', 'element': 'far.example', 'type': 'domain', 'facts': {'expires': '" + in(800) + "'}}");
        says("{'kind': 'contract', 'order': 'OVH-1', 'facts': {'expires': '" + in(40) + "', 'payer': 'Acme'}}");
    }

    @Test
    void whatEndsStandsOnItsDayWithWhoOwnsItAndWhatHappensIfItLapses() {
        tell();
        JsonNode calendar = read(subscribe(cio, ", 'label': 'ahead', 'language': 'en'"));
        assertThat(calendar.get("name").stringValue()).isEqualTo("Almanac & Sons – ahead");
        assertThat(calendar.get("method").stringValue()).isEqualTo("PUBLISH");
        assertThat(calendar.get("properties").toString()).contains("refresh-interval", "x-published-ttl");
        assertThat(seen(calendar))
                .contains(
                        in(-3) + " old.example: expiry",
                        in(9) + " shop.example: expiry",
                        in(40) + " OVH-1: end of contract",
                        in(52) + " db-1: end of warranty")
                .anyMatch(one -> one.endsWith(" db-1: end of support (Debian 12)"))
                .noneMatch(one -> one.contains("far.example"));
        JsonNode expiry = calendar.at("/events/1");
        assertThat(expiry.get("description").stringValue())
                .isEqualTo("shop.example expires on " + in(9)
                        + ". The name stops answering, and anybody may take it some weeks later.\n"
                        + "Owner: Acme\nRenewal: manual");
        assertThat(expiry.get("categories").toString()).isEqualTo("[\"expiry\"]");
        assertThat(expiry.get("end").stringValue()).isEqualTo(in(10));
        assertThat(expiry.get("url").stringValue()).startsWith(story.server().url() + "/ui/elements/");
        assertThat(expiry.get("alarms")).isEmpty();
    }

    @Test
    void theSameIsReadInFrenchUnderTheSameIdentifiers() {
        tell();
        JsonNode english = read(subscribe(cio, ", 'language': 'en'"));
        JsonNode french = read(subscribe(cio, ", 'language': 'fr'"));
        assertThat(seen(french)).contains(in(9) + " shop.example\u00a0: expiration");
        assertThat(french.at("/events/1/description").stringValue())
                .contains("n’importe qui pourra le prendre", "Responsable\u00a0: Acme", "Renouvellement\u00a0: manuel");
        assertThat(uids(french)).isEqualTo(uids(english));
    }

    @Test
    void whatMovesKeepsItsIdentifierAndWhatDoesNotMoveIsTheSameToTheByte() {
        tell();
        String address = subscribe(cio, "");
        Map<String, String> before = uids(read(address));
        Story.Reply first = story.get(Story.NOBODY, address);
        CLOCK.pass(Duration.ofMinutes(1));
        assertThat(story.get(Story.NOBODY, address).bytes()).isEqualTo(first.bytes());
        assertThat(story.get(Story.NOBODY, address, "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        says("{'kind': 'wish', 'element': 'shop.example', 'facts': {'expires': '" + in(374) + "'}}");
        assertThat(story.get(Story.NOBODY, address, "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(200);
        Map<String, String> after = uids(read(address));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after).containsValue(in(374)).doesNotContainValue(in(9));
    }

    @Test
    void whoHasNothingHasAnEmptyCalendarAndNothingIsSentByIt() {
        String address = subscribe(cio, "");
        assertThat(read(address).get("events")).isEmpty();
        JsonNode mine =
                story.get(cio, "/api/v1/subscriptions?limit=1000").expect(200).get("items");
        String id = mine.valueStream()
                .filter(one -> one.at("/channel/type").stringValue().equals("calendar"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .stringValue();
        story.post(cio, "/api/v1/subscriptions/" + id + "/test", "").expect(409);
    }

    @Test
    void maintenanceStandsThereFromWhenUntilWhenWithWhatWasSaidOfIt() {
        tell();
        says("{'kind': 'maintenance', 'infrastructure': 'shop', 'note': 'new switches\\r\\nEND:VEVENT',"
                + " 'facts': {'maintenance.state': 'planned', 'maintenance.from': '" + in(2)
                + "T22:00:00Z', 'maintenance.until': '" + in(3) + "T01:30:00Z'}}");
        says("{'kind': 'maintenance', 'infrastructure': 'lab'}");
        JsonNode calendar = read(subscribe(cio, ", 'language': 'fr'"));
        JsonNode planned = event(calendar, "shop\u00a0: maintenance annoncée");
        assertThat(planned.get("start").stringValue()).isEqualTo(in(2) + "T22:00:00Z");
        assertThat(planned.get("end").stringValue()).isEqualTo(in(3) + "T01:30:00Z");
        assertThat(planned.get("description").stringValue())
                .isEqualTo("new switches END:VEVENT\nDit par Oscar of Gardeners");
        JsonNode open = event(calendar, "lab\u00a0: maintenance");
        assertThat(open.get("end").stringValue())
                .isEqualTo(LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).plusDays(1) + "T00:00:00Z");
        assertThat(open.get("description").stringValue()).contains("cette fin est celle du calendrier");
        says("{'kind': 'maintenance', 'infrastructure': 'lab', 'facts': {'maintenance.state': 'closed'}}");
        assertThat(seen(read(subscribe(cio, ", 'language': 'en'"))))
                .anyMatch(one -> one.endsWith("shop: maintenance announced"))
                .noneMatch(one -> one.endsWith("lab: maintenance"));
    }

    private static JsonNode event(JsonNode calendar, String summary) {
        return calendar.get("events")
                .valueStream()
                .filter(one -> one.get("summary").stringValue().equals(summary))
                .findFirst()
                .orElseThrow(() -> new AssertionError(seen(calendar)));
    }

    @Test
    void onlyWhatIsAskedForStandsThereAndAReminderWhereOneIsAskedFor() {
        tell();
        says("{'kind': 'maintenance', 'infrastructure': 'shop'}");
        JsonNode shop = read(subscribe(
                cio, ", 'language': 'en', 'filter': {'infrastructures': ['shop']}, 'conditions': {'expiresIn': 7}"));
        assertThat(seen(shop)).hasSize(2).allMatch(one -> one.contains(" shop"));
        assertThat(event(shop, "shop.example: expiry").get("alarms").toString()).isEqualTo("[\"-P6DT15H\"]");
        assertThat(event(shop, "shop: maintenance").get("alarms")).isEmpty();
        assertThat(seen(read(subscribe(cio, ", 'language': 'en', 'filter': {'elements': ['old.example']}"))))
                .containsExactly(in(-3) + " old.example: expiry");
        assertThat(read(subscribe(cio, ", 'conditions': {'mine': true}")).get("events"))
                .isEmpty();
    }

    @Test
    void theNextBackupStandsThereOnlyOnceItFailedToCome() {
        says("{'kind': 'wish', 'element': 'nightly', 'type': 'backup', 'facts': {'schedule': '24 h'}}");
        says("{'kind': 'proof', 'element': 'nightly', 'facts': {'last.success': '" + in(0) + "T00:00:00Z'}}");
        String address = subscribe(cio, ", 'language': 'en'");
        assertThat(seen(read(address))).noneMatch(one -> one.contains("backup to prove"));
        CLOCK.pass(Duration.ofDays(5));
        assertThat(seen(read(address))).anyMatch(one -> one.endsWith("nightly: backup to prove"));
    }

    @Test
    void aLimitedTokenShowsItsElementsAloneAndNothingOnceItIsRevoked() {
        tell();
        says("{'kind': 'maintenance', 'infrastructure': 'shop'}");
        JsonNode minted = story.post(
                        cio,
                        "/api/v1/tokens",
                        "{'label': 'phone', 'scopes': ['read:inventory'], 'elements': ['shop.example']}")
                .expect(201);
        String address = subscribe(minted.get("secret").stringValue(), ", 'language': 'en'");
        assertThat(seen(read(address))).containsExactly(in(9) + " shop.example: expiry");
        story.delete(cio, "/api/v1/tokens/" + minted.get("id").stringValue()).expect(204);
        assertThat(status(address)).isEqualTo(404);
    }

    @Test
    void whoMayNotReadAnyMoreHasNoCalendarAndAnAddressOpensItsOwnChannelAlone() {
        tell();
        String own = subscribe(cio, "");
        String opsOnes = subscribe(story.ops, "");
        story.post(
                        story.stranger,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'calendar'}}")
                .expect(404);
        String mandate =
                story.get(cio, "/api/v1/mandates").expect(200).at("/items/0/id").stringValue();
        assertThat(status(opsOnes)).isEqualTo(200);
        story.post(cio, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
        assertThat(status(opsOnes)).isEqualTo(404);
        assertThat(status(own)).isEqualTo(200);
        String secret = own.substring("/calendar/".length(), own.length() - ".ics".length());
        assertThat(status("/feeds/" + secret + ".atom")).isEqualTo(404);
        String feed = story.post(cio, "/api/v1/subscriptions", "{'channel': {'type': 'atom'}}")
                .expect(201)
                .get("address")
                .stringValue();
        assertThat(status(feed.replace("/feeds/", "/calendar/").replace(".atom", ".ics")))
                .isEqualTo(404);
        assertThat(story.get(Story.NOBODY, "/calendar/mnf_garbage.ics").text())
                .isEqualTo(story.get(Story.NOBODY, opsOnes).text());
        assertThat(story.send(Story.NOBODY, "POST", "/unsubscribe/" + secret, null)
                        .status())
                .isEqualTo(200);
        assertThat(status(own)).isEqualTo(404);
    }
}
