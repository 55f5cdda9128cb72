package org.minventory.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** An address that shows one project to whoever holds it, and lets a CIO decide once from a phone. */
class ShareLinksTest {
    private static final String LINKS = "/api/v1/share-links";
    private static final String EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

    private static Story.StandingClock clock;
    private static Story story;

    private String customer;
    private String id;
    private String cio;
    private String project;

    @BeforeAll
    static void open() {
        clock = new Story.StandingClock();
        story = Story.fresh(clock);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @BeforeEach
    void begin() {
        customer = Story.name("shopkeeper");
        id = story.customer(story.ops, customer, "Shopkeepers of " + customer);
        cio = story.person(story.ops, customer, "cio", "Cleo");
        project = ask("web-shop", "A shop that survives");
        say(story.ops, "{'as': 'question', 'text': 'how many visitors?'}");
        say(cio, "{'as': 'answer', 'text': 'a thousand an hour'}");
        testify(
                "{'kind': 'wish', 'element': 'shop-db-1', 'type': 'server', 'facts': {'project': 'web-shop', 'memory': '64 GiB'}}");
        testify(
                "{'kind': 'wish', 'element': 'intra-1', 'type': 'server', 'facts': {'project': 'intranet', 'memory': '8 GiB'}}");
    }

    private String ask(String name, String title) {
        return story.post(cio, "/api/v1/projects", "{'name': '" + name + "', 'title': '" + title + "'}")
                .expect(201)
                .at("/project/id")
                .stringValue();
    }

    private void say(String token, String what) {
        story.post(token, "/api/v1/projects/" + project + "/messages", what).expect(201);
    }

    private void propose(String text) {
        say(story.ops, "{'as': 'proposal', 'text': '" + text + "', 'price': {'monthly': '119.99 EUR'}}");
    }

    private JsonNode testify(String what) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what)
                .expect(201);
    }

    private JsonNode share(String token, String more) {
        return story.post(token, LINKS, "{'project': '" + project + "'" + more + "}")
                .expect(201);
    }

    private String address(String token, String more) {
        return share(token, more).at("/address").stringValue();
    }

    private Reply page(String address) {
        return story.get(Story.NOBODY, address, "Accept", "text/html,*/*;q=0.8", "Accept-Language", "en");
    }

    private JsonNode look(String address) {
        return story.get(Story.NOBODY, address + ".json").expect(200);
    }

    private Reply decide(String address, String form) {
        return story.send(
                Story.NOBODY,
                "POST",
                address + "/approval",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html");
    }

    // ---- looking

    @Test
    void whoeverHoldsTheAddressSeesTheProjectAndNothingElse() {
        propose("two servers");
        testify("{'kind': 'order', 'element': 'shop-db-1', 'order': 'HZ-1', 'facts': {'memory': '64 GiB'}}");
        testify("{'kind': 'delivery-survey', 'element': 'shop-db-1', 'facts': {'memory': '32 GiB'}}");
        JsonNode made = share(story.ops, ", 'label': 'for the director'");
        String address = made.at("/address").stringValue();

        Reply page = page(address);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("A shop that survives", "shared by Oscar of Gardeners", "until 6 Dec", "a thousand an hour")
                .contains("€119.99", "two servers", "shop-db-1", "32 GiB delivered where 64 GiB were ordered")
                .contains("decides about what is proposed", "your turn")
                .doesNotContain("intra-1", "intranet", "for the director", customer + "\"", "<script");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();

        JsonNode json = look(address);
        assertThat(json.at("/progress/reached/delivered").intValue()).isEqualTo(1);
        assertThat(json.at("/progress/reached/accepted").intValue()).isZero();
        assertThat(json.at("/proposal/prices/0/value").stringValue()).isEqualTo("€119.99");
        assertThat(json.at("/proposal/wishes/0/facts/0/value").stringValue()).isEqualTo("64 GiB");
        assertThat(json.at("/conversation/0/as").stringValue()).isEqualTo("proposal");
        assertThat(json.at("/link/decides").booleanValue()).isFalse();
        assertThat(json.toString())
                .as("no identifier leads out of it")
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}");

        assertThat(page(address + "?lang=fr&theme=dark").text())
                .contains("lang=\"fr\"", "data-theme=\"dark\"", "119,99", "à vous")
                .contains(address + "?lang=en&amp;theme=dark");
        JsonNode listed =
                story.get(story.ops, LINKS + "/" + made.at("/id").stringValue()).expect(200);
        assertThat(listed.at("/uses").intValue()).isEqualTo(3);
        assertThat(listed.at("/label").stringValue()).isEqualTo("for the director");
        assertThat(listed.toString()).doesNotContain(address);
    }

    @Test
    void theSecretIsKeptNowhere() {
        String address = address(story.ops, "");
        String rows = story.server().room(Tx.class).read(Scope.whole(UUID.fromString(id)), db -> db.sql(
                        "select string_agg(l::text, ' ') from share_link l where customer_id = ?")
                .param(UUID.fromString(id))
                .query(String.class)
                .single());
        assertThat(rows).isNotBlank().doesNotContain(address.substring("/share/".length()));
        assertThat(story.get(story.ops, LINKS).text()).doesNotContain("mnl_");
    }

    @Test
    void whatIsHostileIsTextAndWhatWasTakenBackIsSilent() {
        String escaped = EVIL.replace("\"", "\\\"");
        String evil = "{\"text\": \"" + escaped + "\"}";
        String messages = "/api/v1/projects/" + project + "/messages";
        story.send(cio, "POST", messages, evil.getBytes(StandardCharsets.UTF_8)).expect(201);
        String regretted = story.post(cio, messages, "{'text': 'please forget this'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(cio, "/api/v1/testimonies", "{'kind': 'withdrawal', 'testimony': '" + regretted + "'}")
                .expect(201);
        String address = address(story.ops, "");
        assertThat(page(address).text())
                .contains("&lt;script&gt;", "taken back")
                .doesNotContain("<script", "<img", "please forget this");
        JsonNode said = look(address).at("/conversation");
        assertThat(said.get(0).at("/withdrawn").booleanValue()).isTrue();
        assertThat(said.get(0).at("/text").isNull()).isTrue();
        assertThat(said.get(1).at("/text").stringValue()).isEqualTo(EVIL);
    }

    @Test
    void whatIsAttachedToWhatIsShownIsShownAndSavedAndNothingElse() {
        say(
                cio,
                "{'text': 'our plan', 'attachments': [{'name': '<b>plan.txt', 'mediaType': 'text/plain',"
                        + " 'content': 'YSBwbGFu'}]}");
        say(
                story.ops,
                "{'text': 'wrong', 'attachments': [{'name': 'wrong.txt', 'mediaType': 'text/plain', 'content': 'eA=='}]}");
        JsonNode messages = story.get(cio, "/api/v1/projects/" + project + "/messages")
                .expect(200)
                .at("/items");
        String taken = messages.get(4).at("/testimony").stringValue();
        testify("{'kind': 'withdrawal', 'testimony': '" + taken + "', 'note': 'the wrong file'}");
        String elsewhere = ask("intranet", "Another project");
        story.post(
                        cio,
                        "/api/v1/projects/" + elsewhere + "/messages",
                        "{'text': 'x', 'attachments': [{'name': 'other.txt', 'mediaType': 'text/plain', 'content': 'eg=='}]}")
                .expect(201);

        JsonNode made = share(story.ops, "");
        String address = made.at("/address").stringValue();
        JsonNode file = look(address).at("/conversation/1/attachments/0");
        assertThat(file.at("/name").stringValue()).isEqualTo("<b>plan.txt");
        assertThat(file.at("/size").intValue()).isEqualTo(6);
        assertThat(look(address).at("/conversation/0/attachments")).isEmpty();
        String link = file.at("/link").stringValue();
        assertThat(link).startsWith(address + "/attachments/");
        assertThat(page(address).text())
                .contains("&lt;b&gt;plan.txt", link, "6 B")
                .doesNotContain("wrong.txt", "other.txt", "<b>plan");
        assertThat(page(address + "?lang=fr").text()).contains("Pièces jointes", "6\u00a0o");

        Reply saved = story.get(Story.NOBODY, link);
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.text()).isEqualTo("a plan");
        assertThat(saved.header("Content-Disposition")).startsWith("attachment; filename=\"bplan.txt\";");
        assertThat(saved.header("Content-Security-Policy")).contains("sandbox");
        assertThat(saved.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(saved.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(saved.header("Cache-Control")).isEqualTo("no-store");

        String nothing = story.get(Story.NOBODY, "/share/mnl_garbage").text();
        for (String hidden :
                List.of(sha256("x"), sha256("z"), "1", UUID.randomUUID().toString())) {
            Reply reply = story.get(Story.NOBODY, address + "/attachments/" + hidden);
            assertThat(reply.status()).as(hidden).isEqualTo(404);
            assertThat(reply.text()).as(hidden).isEqualTo(nothing);
        }
        story.delete(story.ops, LINKS + "/" + made.at("/id").stringValue()).expect(204);
        assertThat(story.get(Story.NOBODY, link).text()).isEqualTo(nothing);
    }

    private static String sha256(String content) {
        return HexFormat.of().formatHex(Ids.sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    // ---- ending

    @Test
    void unknownExpiredRevokedAndUnmadeAnswerTheSameBytes() {
        JsonNode made = share(cio, "");
        String revoked = made.at("/address").stringValue();
        story.delete(cio, LINKS + "/" + made.at("/id").stringValue()).expect(204);
        String expired = address(story.ops, ", 'expiresAt': '" + clock.instant().plus(Duration.ofHours(1)) + "'");
        String living = address(story.ops, "");
        page(expired).text();
        clock.pass(Duration.ofHours(1));
        String unknown = living.substring(0, living.length() - 1) + (living.endsWith("0") ? "1" : "0");
        String otherCustomer = "/share/"
                + org.minventory.party.Secret.fresh("mnl_", UUID.fromString(story.acme))
                        .text();
        Reply never = page("/share/nothing");
        for (String dead : List.of(revoked, expired, unknown, otherCustomer, "/share/mnl_", "/share/" + "%C3%A9"))
            for (String way : List.of("", "?lang=fr", ".json")) {
                Reply reply = page(dead + way);
                assertThat(reply.status()).as(dead + way).isEqualTo(404);
                assertThat(reply.bytes()).as(dead + way).isEqualTo(never.bytes());
                assertThat(reply.headers().map().keySet())
                        .isEqualTo(never.headers().map().keySet());
            }
        assertThat(decide(revoked, "decision=approved").bytes()).isEqualTo(never.bytes());
        assertThat(page(living).status()).isEqualTo(200);
        assertThat(story.get(Story.NOBODY, revoked).json().at("/type").stringValue())
                .isEqualTo("/problems/not-found");
    }

    @Test
    void aLinkEndsWithTheTokenThatMadeItAndReachesNoFurther() {
        story.post(cio, "/api/v1/projects", "{'name': 'web-shop', 'infrastructure': 'shop'}")
                .expect(201);
        testify("{'kind': 'wish', 'element': 'shop-db-1', 'facts': {'project': 'web-shop', 'infrastructure': 'shop'}}");
        Instant end = clock.instant().plus(Duration.ofDays(3));
        JsonNode token = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer
                                + "'], 'infrastructures': ['shop'], 'expiresAt': '" + end + "'}")
                .expect(201);
        String limited = token.at("/secret").stringValue();
        JsonNode made = share(limited, "");
        assertThat(made.at("/expiresAt").stringValue()).isEqualTo(end.toString());
        story.post(limited, LINKS, "{'project': '" + project + "', 'expiresAt': '" + end.plusSeconds(1) + "'}")
                .expect(422);
        String address = made.at("/address").stringValue();
        assertThat(page(address).status()).isEqualTo(200);

        JsonNode elsewhere = testify(
                "{'kind': 'wish', 'element': 'intra-2', 'type': 'server', 'facts': {'project': 'web-shop', 'infrastructure': 'intranet'}}");
        assertThat(page(address).status()).as("out of the token's reach").isEqualTo(404);
        assertThat(story.get(limited, LINKS).expect(200).at("/items")).isEmpty();
        testify("{'kind': 'withdrawal', 'testimony': '" + elsewhere.at("/id").stringValue() + "', 'note': 'x'}");
        assertThat(page(address).status()).isEqualTo(200);

        story.delete(story.ops, "/api/v1/tokens/" + token.at("/id").stringValue())
                .expect(204);
        assertThat(page(address).status()).isEqualTo(404);
        assertThat(story.get(cio, LINKS).expect(200).at("/items")).isEmpty();
    }

    @Test
    void aLinkEndsWithTheMandateAndDoesNotComeBackWithTheNextOne() {
        String address = address(story.ops, "");
        String own = address(cio, "");
        assertThat(story.get(cio, LINKS).expect(200).at("/items")).hasSize(2);
        assertThat(story.get(story.ops, LINKS).text()).doesNotContain("Cleo");
        String mandate =
                story.get(cio, "/api/v1/mandates").expect(200).at("/items/0/id").stringValue();
        story.post(cio, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
        assertThat(page(address).status()).isEqualTo(404);
        assertThat(page(own).status()).isEqualTo(200);
        assertThat(story.get(cio, LINKS).expect(200).at("/items")).hasSize(1);

        clock.pass(Duration.ofMinutes(1));
        String next = story.post(story.ops, "/api/v1/mandates", "{'customer': '" + id + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(cio, "/api/v1/mandates/" + next + "/acceptance", "").expect(200);
        story.get(story.ops, "/api/v1/projects/" + project).expect(200);
        assertThat(page(address).status()).isEqualTo(404);
        assertThat(page(address(story.ops, "")).status()).isEqualTo(200);
    }

    @Test
    void onlyWhoReachesTheProjectSharesItAndWithinBounds() {
        String member = story.person(cio, customer, "member", "Dora");
        String robot = story.robot(story.ops, customer, "robot-of-" + customer, "read:inventory", "testify:*");
        String wanted = "{'project': '" + project + "'}";
        story.post(member, LINKS, wanted).expect(403);
        story.get(member, LINKS).expect(403);
        story.post(robot, LINKS, wanted).expect(403);
        Reply hidden = story.post(story.stranger, LINKS, wanted);
        Reply unknown = story.post(story.stranger, LINKS, "{'project': 'nowhere'}");
        hidden.expect(404);
        assertThat(hidden.bytes()).isEqualTo(unknown.bytes());
        String link = share(story.ops, "").at("/id").stringValue();
        story.delete(story.stranger, LINKS + "/" + link).expect(404);
        story.get(story.stranger, LINKS + "/" + link).expect(404);
        story.delete(story.ops, LINKS + "/elsewhere").expect(404);
        for (Duration unfit : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(91)))
            story.post(
                            story.ops,
                            LINKS,
                            "{'project': '" + project + "', 'expiresAt': '"
                                    + clock.instant().plus(unfit) + "'}")
                    .expect(422);
        story.post(story.ops, LINKS, "{'project': '" + project + "', 'kind': 'write'}")
                .expect(400);
        story.post(story.ops, LINKS, "{'project': '" + project + "', 'label': ' '}")
                .expect(400);
        story.post(story.ops, LINKS, "{}").expect(400);
        story.delete(cio, LINKS + "/" + link).expect(204);
        story.get(story.ops, LINKS + "/" + link).expect(404);
    }

    // ---- deciding

    @Test
    void aCioDecidesOnceByItsOwnLink() {
        propose("two servers");
        JsonNode made = share(cio, ", 'kind': 'approve'");
        String address = made.at("/address").stringValue();
        assertThat(page(address).text()).contains("Your decision", "recorded as the word of Cleo");
        assertThat(look(address).at("/link/decides").booleanValue()).isTrue();
        assertThat(decide(address, "decision=refused&text=+").status()).isEqualTo(422);
        assertThat(decide(address, "decision=cancelled&text=x").status()).isEqualTo(400);
        assertThat(decide(address, "decision=approved&more=x").status()).isEqualTo(400);
        for (String crooked : List.of(
                "", "decision", "decision=approved&decision=refused", "decision=%zz", "decision=approved&text=%FF%00"))
            assertThat(decide(address, crooked).status()).as(crooked).isEqualTo(400);
        assertThat(decide(address, "decision=refused&text=" + "x".repeat(20_000))
                        .status())
                .isBetween(400, 422);
        assertThat(decide(address, "decision=refused&text=" + "x".repeat(2 << 20))
                        .status())
                .isEqualTo(413);
        assertThat(decide(address, "decision=approved&text=-----BEGIN+PRIVATE+KEY-----")
                        .status())
                .isEqualTo(422);

        Reply done = decide(address, "decision=approved&text=D%27accord%20%C3%A0%20119%20%E2%82%AC");
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.header("Location")).isEqualTo(address);
        JsonNode agreed =
                story.get(cio, "/api/v1/projects/" + project).expect(200).at("/approval");
        assertThat(agreed.at("/text").stringValue()).isEqualTo("D'accord à 119 €");
        assertThat(agreed.at("/onBehalf").booleanValue()).isFalse();
        JsonNode told = story.get(
                        cio, "/api/v1/testimonies/" + agreed.at("/testimony").stringValue())
                .expect(200);
        assertThat(told.at("/source").stringValue()).isEqualTo("share-link");
        assertThat(told.at("/witness/name").stringValue()).isEqualTo("Cleo");

        Reply again = decide(address, "decision=refused&text=changed+my+mind");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text())
                .contains("used on " + java.time.LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC));
        assertThat(page(address).text()).contains("has decided on", "by link").doesNotContain("<form");
        String approval = agreed.at("/testimony").stringValue();
        story.post(cio, "/api/v1/testimonies", "{'kind': 'withdrawal', 'testimony': '" + approval + "'}")
                .expect(201);
        assertThat(decide(address, "decision=approved").status())
                .as("what was taken back is not decided again by it")
                .isEqualTo(409);
    }

    @Test
    void aLinkDecidesAboutTheProposalItWasMadeForAndNoOther() {
        story.post(cio, LINKS, "{'project': '" + project + "', 'kind': 'approve'}")
                .expect(409);
        propose("one server");
        String address = address(cio, ", 'kind': 'approve'");
        propose("two servers");
        assertThat(page(address).text()).contains("no longer stands").doesNotContain("<form");
        assertThat(decide(address, "decision=approved").status()).isEqualTo(412);
        String now = address(cio, ", 'kind': 'approve'");
        testify("{'kind': 'wish', 'element': 'shop-db-1', 'facts': {'memory': '128 GiB'}}");
        assertThat(decide(now, "decision=approved").status()).isEqualTo(409);
        assertThat(decide(now, "decision=refused&text=too+dear").status())
                .as("what was refused to it did not spend it")
                .isEqualTo(303);
        assertThat(look(now).at("/decision/text").stringValue()).isEqualTo("too dear");
    }

    @Test
    void nobodyMakesAnApprovingLinkForSomebodyElse() {
        propose("two servers");
        story.post(story.ops, LINKS, "{'project': '" + project + "', 'kind': 'approve'}")
                .expect(403);
        String reading = story.post(cio, "/api/v1/tokens", "{'label': 'phone', 'scopes': ['read:inventory', 'act']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        story.post(reading, LINKS, "{'project': '" + project + "', 'kind': 'approve'}")
                .expect(403);
        assertThat(decide(address(story.ops, ""), "decision=approved").status()).isEqualTo(404);
        assertThat(decide(address(cio, ""), "decision=approved").status()).isEqualTo(404);
        Reply forged = story.send(
                Story.NOBODY,
                "POST",
                address(cio, ", 'kind': 'approve'") + "/approval",
                "decision=approved".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Sec-Fetch-Site",
                "cross-site");
        assertThat(forged.status()).isEqualTo(403);
    }

    @Test
    void ofManyWhoDecideAtOnceOneDoes() throws Exception {
        propose("two servers");
        String address = address(cio, ", 'kind': 'approve'");
        List<Integer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String form = i % 2 == 0 ? "decision=approved" : "decision=refused&text=no";
            callers.add(Thread.ofVirtual()
                    .start(() -> answers.add(decide(address, form).status())));
        }
        for (Thread caller : callers) caller.join();
        assertThat(answers).hasSize(8).containsOnly(303, 409).containsOnlyOnce(303);
        assertThat(look(address).at("/conversation").toString().split("\"kind\":\"approval\"", -1))
                .hasSize(2);
    }

    // ---- around it

    @Test
    void aLinkOutlivesARebuildAndTheSameKeyMakesOne() {
        String body = "{'project': '" + project + "'}";
        Reply one = story.post(story.ops, LINKS, body, "Idempotency-Key", "share-" + customer);
        Reply same = story.post(story.ops, LINKS, body, "Idempotency-Key", "share-" + customer);
        assertThat(same.bytes()).isEqualTo(one.bytes());
        String address = one.expect(201).at("/address").stringValue();
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
        assertThat(look(address).at("/title").stringValue()).isEqualTo("A shop that survives");
    }

    @Test
    void whoTriesSecretsIsMadeToWait() {
        Story.StandingClock still = new Story.StandingClock();
        try (Story small = Story.fresh(still, 1, 20)) {
            int refused = 0;
            for (int i = 0; i < 30; i++)
                if (small.get(Story.NOBODY, "/share/mnl_" + i).status() == 429) refused++;
            assertThat(refused).isEqualTo(10);
            Reply reply = small.get(Story.NOBODY, "/share/mnl_x");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            still.pass(Duration.ofSeconds(1));
            assertThat(small.get(Story.NOBODY, "/share/mnl_x").status()).isEqualTo(404);
        }
    }

    @Test
    void bothLanguagesFollowTheBrowserUntilOneIsChosen() {
        String address = address(story.ops, "");
        assertThat(story.get(Story.NOBODY, address, "Accept-Language", "fr-FR").text())
                .contains("La suite, et qui doit agir");
        assertThat(story.get(Story.NOBODY, address + "?lang=en", "Accept-Language", "fr-FR")
                        .text())
                .contains("What happens next");
        Reply json = story.get(Story.NOBODY, address + ".json", "Accept-Language", "fr");
        assertThat(json.header("Content-Language")).isEqualTo(Locale.FRENCH.getLanguage());
    }
}
