package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.Awaiting;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** Who hears what, from the first day and by subscriptions; nobody hears of another customer. */
class SubscriptionsTest {
    private final Story story = Story.told();
    private final String customer = Story.name("hearing");

    {
        story.customer(story.ops, customer, "Hearing & Sons");
    }

    private final String cio = story.person(story.ops, customer, "cio", "Cora Hearing");
    private final String member = story.person(cio, customer, "member", "Max Hearing");

    private void says(String testimony) {
        story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private void diverge(String element) {
        says("{'kind': 'order', 'element': '" + element
                + "', 'type': 'server', 'create': true, 'facts': {'memory': '64 GiB', 'cpu.cores': 8}}");
        says("{'kind': 'delivery-survey', 'element': '" + element
                + "', 'facts': {'memory': '32 GiB', 'cpu.cores': 4}}");
    }

    private List<JsonNode> inbox(String token) {
        List<JsonNode> heard = new ArrayList<>();
        for (JsonNode one :
                story.get(token, "/api/v1/inbox?limit=1000").expect(200).get("items"))
            if (one.get("notice").isObject()) heard.add(one.get("notice"));
        return heard;
    }

    private static List<String> sentences(List<JsonNode> notices, String type) {
        return notices.stream()
                .filter(one -> one.get("type").stringValue().equals(type))
                .map(one -> one.at("/elements/0/name").asString("") + ": "
                        + one.get("sentence").stringValue())
                .toList();
    }

    @Test
    void whatAsksForActionIsInTheInboxOfTheOpsFromTheFirstDay() {
        diverge("box");
        List<JsonNode> heard =
                Awaiting.until(() -> inbox(story.ops), all -> sentences(all, "divergence.opened").stream()
                        .anyMatch(s -> s.startsWith("box: 2")));
        JsonNode opened = heard.stream()
                .filter(one -> one.get("type").stringValue().equals("divergence.opened")
                        && one.at("/elements/0/name").asString("").equals("box"))
                .findFirst()
                .orElseThrow();
        assertThat(opened.get("severity").stringValue()).isEqualTo("warning");
        assertThat(opened.get("sentence").stringValue()).isEqualTo("2 divergences opened.");
        assertThat(opened.get("details").toString()).contains("32 GiB delivered where 64 GiB were ordered");
        assertThat(opened.get("witness").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(opened.get("link").stringValue()).contains("/ui/elements/");
        assertThat(sentences(inbox(cio), "delivery.received"))
                .containsExactly("box: Delivered: to be checked and accepted.");
        assertThat(inbox(member)).isEmpty();
        assertThat(inbox(story.stranger)).noneMatch(one -> one.toString().contains("box"));
    }

    @Test
    void theSameIsSaidInFrench() {
        diverge("boîte".replace("î", "i"));
        Awaiting.until(
                () -> inbox(cio), all -> !sentences(all, "delivery.received").isEmpty());
        JsonNode french = story.get(cio, "/api/v1/inbox", "Accept-Language", "fr")
                .expect(200)
                .at("/items");
        assertThat(french.toString()).contains("Livré : à vérifier et à réceptionner.");
    }

    @Test
    void onlyWhatIsAskedForIsHeardAndWhatIsReadIsReadOnce() {
        story.post(cio, "/api/v1/subscriptions", """
                {'label': 'only db-1', 'channel': {'type': 'inbox'}, 'notices': ['divergence.opened'],
                 'filter': {'elements': ['db-1']}, 'language': 'fr'}""").expect(201);
        diverge("db-1");
        diverge("db-2");
        List<JsonNode> items = Awaiting.until(
                () -> List.copyOf(story.get(cio, "/api/v1/inbox?limit=1000")
                        .expect(200)
                        .get("items")
                        .valueStream()
                        .toList()),
                all -> all.stream()
                        .anyMatch(one -> one.at("/notice/type").stringValue().equals("divergence.opened")));
        List<String> opened = items.stream()
                .filter(one -> one.at("/notice/type").stringValue().equals("divergence.opened"))
                .map(one -> one.at("/notice/elements/0/name").stringValue())
                .toList();
        assertThat(opened).containsExactly("db-1");
        String ids = String.join(
                "','", items.stream().map(one -> one.get("id").stringValue()).toList());
        assertThat(story.post(cio, "/api/v1/inbox/read", "{'dispatches': ['" + ids + "']}")
                        .expect(200)
                        .get("read")
                        .intValue())
                .isEqualTo(items.size());
        assertThat(story.post(cio, "/api/v1/inbox/read", "{'dispatches': ['" + ids + "']}")
                        .expect(200)
                        .get("read")
                        .intValue())
                .isZero();
        assertThat(story.post(story.stranger, "/api/v1/inbox/read", "{'dispatches': ['" + ids + "']}")
                        .expect(200)
                        .get("read")
                        .intValue())
                .isZero();
        assertThat(story.get(cio, "/api/v1/inbox?all=true&limit=1000")
                        .expect(200)
                        .get("items")
                        .size())
                .isGreaterThanOrEqualTo(items.size());
    }

    @Test
    void aDryRunAndWhatIsRefusedSayNothing() {
        story.post(
                        story.ops,
                        "/api/v1/testimonies?dryRun=true&customer=" + customer,
                        "{'kind': 'wish', 'element': 'dry', 'type': 'server', 'facts': {'memory': '1 GiB'}}")
                .expect(201);
        diverge("wet");
        List<JsonNode> heard = Awaiting.until(
                () -> inbox(cio), all -> !sentences(all, "delivery.received").isEmpty());
        assertThat(heard.toString()).doesNotContain("dry");
    }

    @Test
    void aSubscriptionIsItsOwnersAloneAndEditsSayWhatTheyWereDecidedOn() {
        JsonNode made = story.post(
                        cio,
                        "/api/v1/subscriptions",
                        "{'channel': {'type': 'inbox'}, 'when': {'digest': {'hour': 8, 'weekday': 'monday', 'zone': 'Europe/Paris'}}}")
                .expect(201);
        String path = "/api/v1/subscriptions/" + made.get("id").stringValue();
        for (String other : List.of(story.ops, story.stranger, member))
            assertThat(story.get(other, path).status()).isEqualTo(404);
        Story.Reply read = story.get(cio, path);
        assertThat(read.expect(200).at("/when/digest/zone").stringValue()).isEqualTo("Europe/Paris");
        assertThat(story.patch(cio, path, "{'state': 'paused'}").status()).isEqualTo(428);
        JsonNode paused = story.patch(
                        cio, path, "{'state': 'paused', 'when': 'at-once'}", "If-Match", read.header("ETag"))
                .expect(200);
        assertThat(paused.get("state").stringValue()).isEqualTo("paused");
        assertThat(paused.get("when").stringValue()).isEqualTo("at-once");
        assertThat(story.patch(cio, path, "{'state': 'active'}", "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(story.delete(cio, path).status()).isEqualTo(204);
        assertThat(story.get(cio, path).status()).isEqualTo(404);
    }

    @Test
    void aLimitedTokenSeesOnlyWhatWasSubscribedWithIt() {
        String limited = story.post(story.ops, "/api/v1/tokens", "{'label': 'near', 'elements': ['near-box']}")
                .expect(201)
                .get("secret")
                .stringValue();
        String all = subscribe(story.ops);
        String near = subscribe(limited);
        diverge("near-box");
        diverge("far-box");
        JsonNode journal = Awaiting.until(() -> journal(story.ops, all), items -> items.size() == 2);
        String far = journal.get(0).get("id").stringValue();
        assertThat(journal.get(0).toString()).contains("far-box");
        assertThat(journal(limited, all)).isEmpty();
        assertThat(journal(limited, near))
                .singleElement()
                .asString()
                .contains("near-box")
                .doesNotContain("far-box");
        assertThat(story.get(limited, "/api/v1/inbox?all=true&limit=1000").text())
                .doesNotContain("far-box");
        for (Story.Reply reply : List.of(
                story.get(limited, "/api/v1/subscriptions/" + all),
                story.delete(limited, "/api/v1/subscriptions/" + all),
                story.post(limited, "/api/v1/subscriptions/" + all + "/secret", ""),
                story.post(limited, "/api/v1/subscriptions/" + all + "/test", ""),
                story.post(limited, "/api/v1/subscriptions/" + all + "/replay", "{'since': '2020-01-01T00:00:00Z'}"),
                story.get(limited, "/api/v1/dispatches/" + far),
                story.post(limited, "/api/v1/dispatches/" + far + "/replay", "")))
            assertThat(reply.status()).isEqualTo(404);
        assertThat(story.post(limited, "/api/v1/inbox/read", "{'dispatches': ['" + far + "']}")
                        .expect(200)
                        .get("read")
                        .intValue())
                .isZero();
        assertThat(story.get(story.ops, "/api/v1/subscriptions/" + near).status())
                .isEqualTo(200);
    }

    private String subscribe(String token) {
        return story.post(
                        token,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer
                                + "', 'channel': {'type': 'atom'}, 'notices': ['delivery.received']}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    private JsonNode journal(String token, String subscription) {
        return story.get(token, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            {'channel': {'type': 'pigeon'}}|422|/channel/type
            {'channel': {}}|400|/channel/type
            {}|400|/channel
            {'channel': {'type': 'inbox', 'url': 'x'}}|400|/channel/url
            {'channel': {'type': 'inbox'}, 'notices': ['divergence.closed']}|422|/notices/0
            {'channel': {'type': 'inbox'}, 'when': 'later'}|400|/when
            {'channel': {'type': 'inbox'}, 'when': {'digest': {'hour': 24}}}|400|/when/digest/hour
            {'channel': {'type': 'inbox'}, 'when': {'digest': {'hour': 8, 'zone': 'Mars/Base'}}}|400|/when/digest/zone
            {'channel': {'type': 'inbox'}, 'conditions': {'hasBeenFor': 'soon'}}|400|/conditions/hasBeenFor
            {'channel': {'type': 'inbox'}, 'conditions': {'expiresIn': 0}}|400|/conditions/expiresIn
            {'channel': {'type': 'inbox'}, 'conditions': {'severity': 'loud'}}|400|/conditions/severity
            {'channel': {'type': 'inbox'}, 'language': 'de'}|400|/language
            {'channel': {'type': 'inbox'}, 'customer': 'acme'}|404|/customer
            {'channel': {'type': 'inbox'}, 'owner': 'me'}|400|/owner
            """)
    void whatDoesNotFitIsRefusedAtItsPlace(String body, int status, String pointer) {
        JsonNode problem = story.post(cio, "/api/v1/subscriptions", body).expect(status);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }
}
