package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** The record as those who consult it see it. */
class RecordListTest {
    private static final String PATH = "/api/v1/testimonies";

    private final Story story = Story.told();

    private JsonNode tell(String token, String customer, String json) {
        Reply reply = story.post(token, PATH + "?customer=" + customer, json);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        return reply.json();
    }

    private List<JsonNode> all(String token, String query) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = story.get(token, PATH + "?" + query + after).expect(200);
            page.get("items").forEach(items::add);
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").stringValue();
        } while (!after.isEmpty());
        return items;
    }

    @Test
    void aTestimonyIsReadAsItWasTold() {
        String name = Story.name("read");
        JsonNode receipt = tell(
                story.ops,
                "acme",
                "{'kind':'wish','element':'" + name + "','witnessedAt':'2026-01-02T03:04:05Z',"
                        + "'facts':{'memory':'64 GiB','x-rack':7},'note':'for the shop','order':'A-1','source':'crystal-ball'}");
        Reply reply = story.get(story.member, PATH + "/" + receipt.at("/id").stringValue());
        JsonNode read = reply.expect(200);
        assertThat(read.at("/customer").stringValue()).isEqualTo("acme");
        assertThat(read.at("/seq")).isEqualTo(receipt.at("/seq"));
        assertThat(read.at("/kind").stringValue()).isEqualTo("wish");
        assertThat(read.at("/stance").stringValue()).isEqualTo("intended");
        assertThat(read.at("/element/id")).isEqualTo(receipt.at("/element/id"));
        assertThat(read.at("/element/name").stringValue()).isEqualTo(name);
        assertThat(read.at("/subject").stringValue()).isEqualTo(name);
        assertThat(read.at("/creates/type").stringValue()).isEqualTo("server");
        assertThat(read.at("/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(read.at("/witness/role").stringValue()).isEqualTo("ops");
        assertThat(read.at("/source").stringValue()).isEqualTo("crystal-ball");
        assertThat(read.at("/witnessedAt").stringValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(read.at("/facts/memory").stringValue()).isEqualTo("64 GiB");
        assertThat(read.at("/facts/x-rack").intValue()).isEqualTo(7);
        assertThat(read.at("/note").stringValue()).isEqualTo("for the shop");
        assertThat(read.at("/context/order").stringValue()).isEqualTo("A-1");
        assertThat(read.at("/confirmed/count").intValue()).isZero();
        assertThat(read.at("/withdrawnBy").isNull()).isTrue();
        assertThat(read.at("/flags").isEmpty()).isTrue();
        String id = receipt.at("/id").stringValue();
        assertThat(story.get(story.member, PATH + "/" + id, "If-None-Match", reply.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(story.get(story.member, PATH + "/" + id + "/source").status())
                .isEqualTo(404);
        assertThat(story.get(story.member, PATH + "/" + id + "?fields=id,seq")
                        .json()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void whatIsHiddenAndWhatIsUnknownAnswerTheSameBytes() {
        JsonNode receipt = tell(story.ops, "acme", "{'kind':'wish','element':'" + Story.name("hidden") + "'}");
        String hidden = PATH + "/" + receipt.at("/id").stringValue();
        String unknown = PATH + "/00000000-0000-7000-8000-000000000000";
        for (String end : List.of("", "/source")) {
            Reply one = story.get(story.stranger, hidden + end);
            Reply other = story.get(story.stranger, unknown + end);
            assertThat(one.status()).isEqualTo(404);
            assertThat(one.text()).isEqualTo(other.text());
        }
        assertThat(story.get(story.stranger, PATH + "/no-id").status()).isEqualTo(404);
        assertThat(story.get(story.stranger, PATH + "?customer=acme").status()).isEqualTo(404);
        assertThat(all(story.stranger, "limit=1000"))
                .allMatch(item -> item.at("/customer").stringValue().equals("zenith"));
    }

    @Test
    void repetitionsAndWithdrawalsStandBesideWhatWasSaid() {
        String name = Story.name("repeated");
        tell(story.ops, "acme", "{'kind':'wish','element':'" + name + "'}");
        String survey = "{'kind':'survey','element':'" + name + "','facts':{'memory':'4 GiB'},'witnessedAt':'%s'}";
        JsonNode first = tell(story.ansible, "acme", survey.formatted("2026-06-01T10:00:00Z"));
        tell(story.ansible, "acme", survey.formatted("2026-06-01T10:10:00Z"));
        tell(story.ansible, "acme", survey.formatted("2026-06-01T10:20:00Z"));
        String id = first.at("/id").stringValue();
        JsonNode heard = story.get(story.ops, PATH + "/" + id).expect(200);
        assertThat(heard.at("/confirmed/count").intValue()).isEqualTo(2);
        assertThat(heard.at("/confirmed/lastAt").stringValue()).isEqualTo("2026-06-01T10:20:00Z");
        JsonNode withdrawal = tell(story.ops, "acme", "{'kind':'withdrawal','testimony':'" + id + "'}");
        JsonNode withdrawn = story.get(story.ops, PATH + "/" + id).expect(200);
        assertThat(withdrawn.at("/withdrawnBy")).isEqualTo(withdrawal.at("/id"));
        JsonNode by = story.get(story.ops, PATH + "/" + withdrawal.at("/id").stringValue())
                .expect(200);
        assertThat(by.at("/act/testimony").stringValue()).isEqualTo(id);
        assertThat(all(story.ops, "element=" + name + "&withdrawn=true")).hasSize(1);
        assertThat(all(story.ops, "element=" + name + "&withdrawn=false")).hasSize(2);
        assertThat(all(story.ops, "element=" + name + "&kind=survey&witness=ansible"))
                .hasSize(1);
        assertThat(all(story.ops, "element=" + name + "&kind=survey&kind=wish")).hasSize(2);
        assertThat(all(story.ops, "element=" + name + "&since=2026-06-01T10:00:00Z&until=2026-06-02T00:00:00Z"))
                .hasSize(1);
    }

    @Test
    void pagesOfSeveralCustomersLeaveNothingOutAndRepeatNothing() {
        try (Story mine = Story.fresh()) {
            for (int round = 0; round < 6; round++)
                for (String customer : List.of("acme", "globex")) {
                    StringBuilder many = new StringBuilder("[");
                    for (int i = 0; i < 7; i++)
                        many.append(i == 0 ? "" : ",").append("{'kind':'wish','element':'e" + round + "-" + i + "'}");
                    mine.post(mine.ops, PATH + "?customer=" + customer, many + "]")
                            .expect(200);
                }
            List<JsonNode> whole = new ArrayList<>();
            mine.get(mine.ops, PATH + "?limit=1000").expect(200).get("items").forEach(whole::add);
            List<JsonNode> paged = new ArrayList<>();
            String next = PATH + "?limit=5";
            while (next != null) {
                Reply reply = mine.get(mine.ops, next);
                reply.expect(200).get("items").forEach(paged::add);
                String link = reply.header("Link");
                next = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
            }
            assertThat(paged).isEqualTo(whole);
            assertThat(whole.stream()
                            .filter(item -> item.at("/kind").stringValue().equals("wish")))
                    .hasSize(84);
            assertThat(whole)
                    .isSortedAccordingTo(Comparator.comparing((JsonNode item) -> java.time.Instant.parse(
                                    item.at("/recordedAt").stringValue()))
                            .reversed());
            String middle = whole.get(40).at("/recordedAt").stringValue();
            List<JsonNode> since = new ArrayList<>();
            mine.get(mine.ops, PATH + "?limit=1000&recordedSince=" + middle)
                    .expect(200)
                    .get("items")
                    .forEach(since::add);
            assertThat(since)
                    .isEqualTo(whole.stream()
                            .filter(item -> !java.time.Instant.parse(
                                            item.at("/recordedAt").stringValue())
                                    .isBefore(java.time.Instant.parse(middle)))
                            .toList());
        }
    }

    @Test
    void whoReachesOneInfrastructureSeesWhatWasSaidOfIt() {
        String shop = Story.name("shop-db");
        String lab = Story.name("lab-db");
        tell(story.ops, "acme", "{'kind':'wish','element':'" + shop + "','facts':{'infrastructure':'shop'}}");
        JsonNode other =
                tell(story.ops, "acme", "{'kind':'wish','element':'" + lab + "','facts':{'infrastructure':'lab'}}");
        tell(story.ansible, "acme", "{'kind':'survey','element':'" + Story.name("lost") + "'}");
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label':'shop only','scopes':['read:inventory'],'customers':['acme'],'infrastructures':['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(all(limited, "limit=1000")).isNotEmpty().allMatch(item -> !item.at("/element")
                .isNull());
        assertThat(all(limited, "element=" + shop)).hasSize(1);
        assertThat(all(limited, "element=" + lab)).isEmpty();
        assertThat(all(limited, "unattached=true")).isEmpty();
        assertThat(story.get(limited, PATH + "/" + other.at("/id").stringValue())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theRecordIsReadAsLinesAndAsATable() {
        String name = Story.name("table");
        tell(story.ops, "acme", "{'kind':'wish','element':'" + name + "','note':'=1+1'}");
        tell(story.ops, "acme", "{'kind':'note','element':'" + name + "','note':'two'}");
        Reply lines = story.get(story.ops, PATH + "?element=" + name, "Accept", "application/x-ndjson");
        assertThat(lines.status()).isEqualTo(200);
        assertThat(lines.text().lines()).hasSize(2);
        Reply table = story.get(story.ops, PATH + "?fields=kind,note&element=" + name, "Accept", "text/csv");
        assertThat(table.text()).isEqualTo("kind,note\r\nnote,two\r\nwish,'=1+1\r\n");
    }

    @Test
    void filtersThatDoNotFitAreNamed() {
        for (String query : List.of(
                "kind=prophecy",
                "since=yesterday",
                "until=0001-01-01T00:00:00Z",
                "withdrawn=perhaps",
                "colour=red",
                "limit=0",
                "limit=1001",
                "after=x",
                "recordedSince=",
                "element=a&element=b")) {
            Reply reply = story.get(story.ops, PATH + "?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.json().at("/errors/0/pointer").stringValue())
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
        assertThat(all(story.ops, "element=no+name+at+all&witness=%F0%9F%98%80&source=x"))
                .isEmpty();
    }
}
