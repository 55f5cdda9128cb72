package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** From a customer's wish to what is in service: asked for, talked about, proposed, approved, and witnessed step by step. */
class ProjectsTest {
    private static final String PROJECTS = "/api/v1/projects";

    private final Story story = Story.told();
    private String customer;
    private String id;
    private String cio;
    private String project;

    @BeforeEach
    void begin() {
        customer = Story.name("shopkeeper");
        id = story.customer(story.ops, customer, "A shopkeeper");
        cio = story.person(story.ops, customer, "cio", "Cleo of " + customer);
        project = PROJECTS + "/" + ask("web-shop").at("/project/id").stringValue();
    }

    private JsonNode ask(String name) {
        return story.post(
                        cio,
                        PROJECTS,
                        "{'name': '" + name + "', 'title': 'A shop that survives the loss of one provider',"
                                + " 'text': 'two hosting providers, please'}")
                .expect(201);
    }

    private JsonNode say(String token, String what) {
        return story.post(token, project + "/messages", what).expect(201).at("/project");
    }

    private Reply decide(String token, String what) {
        return story.post(token, project + "/approval", what);
    }

    private JsonNode testify(String what) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what)
                .expect(201);
    }

    private JsonNode wish(String name, String facts) {
        return testify("{'kind': 'wish', 'element': '" + name + "', 'type': 'server', 'facts': {'project': 'web-shop', "
                + facts + "}}");
    }

    /** The proposal that stands, as a member of what decides about it. */
    private String standing() {
        return "'proposal': '" + look(cio).at("/proposal/testimony").asString("01930000-0000-7000-8000-000000000001")
                + "'";
    }

    private JsonNode look(String token) {
        return story.get(token, project).expect(200);
    }

    @Test
    void aRequestIsTalkedAboutProposedApprovedAndSeenThrough() {
        assertThat(look(story.ops).at("/state").stringValue()).isEqualTo("requested");
        assertThat(look(story.ops).at("/progress/next/by").stringValue()).isEqualTo("ops");

        JsonNode asked = say(story.ops, "{'as': 'question', 'text': 'how many visitors do you expect?'}");
        assertThat(asked.at("/turn").stringValue()).isEqualTo("customer");
        assertThat(asked.at("/question/text").stringValue()).isEqualTo("how many visitors do you expect?");
        String question = asked.at("/question/testimony").stringValue();
        JsonNode answered = say(cio, "{'as': 'answer', 'answers': '" + question + "', 'text': 'a thousand an hour'}");
        assertThat(answered.at("/question").isNull()).isTrue();
        assertThat(answered.at("/turn").stringValue()).isEqualTo("ops");
        say(
                story.ops,
                "{'as': 'alternative', 'alternative': 'one-provider', 'text': 'cheap', 'price': {'monthly': '60 EUR'}}");
        say(
                story.ops,
                "{'as': 'alternative', 'alternative': 'two-providers', 'text': 'safe', 'price': {'monthly': '119.99 EUR'}}");

        wish("shop-db-1", "'memory': '64 GiB'");
        wish("shop-db-2", "'memory': '64 GiB'");
        JsonNode proposed = say(
                story.ops,
                "{'as': 'proposal', 'alternative': 'two-providers', 'price': {'monthly': '119.99 EUR'}, 'text': 'two servers'}");
        assertThat(proposed.at("/state").stringValue()).isEqualTo("proposed");
        assertThat(proposed.at("/turn").stringValue()).isEqualTo("customer");
        assertThat(proposed.at("/proposal/wishes")).hasSize(2);
        String proposal = proposed.at("/proposal/testimony").stringValue();

        JsonNode approved = decide(cio, "{'decision': 'approved', 'proposal': '" + proposal + "'}")
                .expect(201)
                .at("/project");
        assertThat(approved.at("/state").stringValue()).isEqualTo("approved");
        assertThat(approved.at("/approval/proposal/alternative").stringValue()).isEqualTo("two-providers");
        assertThat(approved.at("/approval/proposal/price.monthly").stringValue())
                .isEqualTo("119.99 EUR");
        assertThat(approved.at("/approval/onBehalf").booleanValue()).isFalse();
        assertThat(approved.at("/progress/next"))
                .hasToString("{\"element\":\"shop-db-1\",\"step\":\"ordered\",\"by\":\"ops\"}");

        JsonNode order =
                testify("{'kind': 'order', 'element': 'shop-db-1', 'order': 'OVH-1', 'facts': {'memory': '64 GiB'}}");
        testify("{'kind': 'order', 'element': 'shop-db-2', 'order': 'HZ-1', 'facts': {'memory': '64 GiB'}}");
        JsonNode survey = testify("{'kind': 'delivery-survey', 'element': 'shop-db-1', 'facts': {'memory': '32 GiB'}}");
        JsonNode underway = look(cio);
        assertThat(underway.at("/progress/counts")).hasToString("{\"ordered\":1,\"delivered\":1}");
        assertThat(underway.at("/progress/wishes/0/steps/delivered/testimony")).isEqualTo(survey.get("id"));
        assertThat(underway.at("/progress/next/element").stringValue()).isEqualTo("shop-db-2");
        assertThat(underway.at("/progress/next/by").stringValue()).isEqualTo("provider");
        assertThat(underway.at("/progress/blockers/0/sentence").stringValue())
                .isEqualTo("32 GiB delivered where 64 GiB were ordered");

        // what was witnessed and is taken back makes it step back
        testify("{'kind': 'withdrawal', 'testimony': '" + survey.at("/id").stringValue()
                + "', 'note': 'another machine'}");
        testify("{'kind': 'withdrawal', 'testimony': '" + order.at("/id").stringValue() + "', 'note': 'not sent'}");
        JsonNode back = look(cio);
        assertThat(back.at("/progress/counts")).hasToString("{\"wished\":1,\"ordered\":1}");
        assertThat(back.at("/progress/blockers")).isEmpty();
    }

    @Test
    void aWishThatChangesAfterTheApprovalHasToBeProposedAgain() {
        wish("shop-db-1", "'memory': '64 GiB'");
        say(story.ops, "{'as': 'proposal', 'price': {'monthly': '60 EUR'}}");
        wish("shop-db-1", "'memory': '128 GiB'");
        Reply late = decide(cio, "{'decision': 'approved', " + standing() + "}");
        late.expect(409);
        assertThat(late.json().at("/detail").stringValue()).contains("has changed since it was proposed");
        say(story.ops, "{'as': 'proposal', 'price': {'monthly': '90 EUR'}}");
        decide(cio, "{'decision': 'approved', " + standing() + "}").expect(201);
        assertThat(look(cio).at("/progress/changedSinceApproval")).isEmpty();
        wish("shop-db-1", "'memory': '256 GiB'");
        JsonNode changed = look(cio);
        assertThat(changed.at("/progress/changedSinceApproval/0").stringValue()).isEqualTo("shop-db-1");
        assertThat(changed.at("/progress/next/step").stringValue()).isEqualTo("proposal");
        assertThat(changed.at("/approval/proposal/wishes/0/facts/memory").longValue())
                .isEqualTo(128L << 30);
    }

    @Test
    void whoMayProposeMayNotApprove() {
        wish("shop-db-1", "'memory': '64 GiB'");
        story.post(cio, project + "/messages", "{'as': 'proposal'}").expect(403);
        decide(cio, "{'decision': 'approved', " + standing() + "}").expect(409);
        JsonNode first = say(story.ops, "{'as': 'proposal', 'text': 'one'}");
        say(story.ops, "{'as': 'proposal', 'text': 'another'}");
        decide(story.ops, "{'decision': 'approved', " + standing() + "}").expect(403);
        decide(
                        cio,
                        "{'decision': 'approved', 'proposal': '"
                                + first.at("/proposal/testimony").stringValue() + "'}")
                .expect(412);
        decide(cio, "{'decision': 'refused', " + standing() + "}").expect(422);
        JsonNode refused = decide(cio, "{'decision': 'refused', 'text': 'too dear', " + standing() + "}")
                .expect(201)
                .at("/project");
        assertThat(refused.at("/state").stringValue()).isEqualTo("refused");
        assertThat(refused.at("/turn").stringValue()).isEqualTo("ops");
        JsonNode cancelled = decide(story.ops, "{'decision': 'cancelled', 'text': 'no budget'}")
                .expect(201)
                .at("/project");
        assertThat(cancelled.at("/turn").stringValue()).isEqualTo("nobody");
        story.post(story.ops, project + "/messages", "{'as': 'proposal'}").expect(409);
        assertThat(ask("web-shop").at("/project/state").stringValue()).isEqualTo("requested");
    }

    @Test
    void whereTheCustomerHasNobodyItsOpsActsAlone() {
        String alone = Story.name("alone");
        story.customer(story.ops, alone, "Alone");
        story.post(story.ops, PROJECTS, "{'customer': '" + alone + "', 'name': 'office', 'title': 'An office server'}")
                .expect(201);
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + alone,
                        "{'kind': 'wish', 'element': 'office-1', 'facts': {'project': 'office'}}")
                .expect(201);
        String office = PROJECTS + "/"
                + story.get(story.ops, PROJECTS + "?customer=" + alone)
                        .expect(200)
                        .at("/items/0/id")
                        .stringValue();
        String proposal = story.post(story.ops, office + "/messages", "{'as': 'proposal'}")
                .expect(201)
                .at("/id")
                .stringValue();
        JsonNode approved = story.post(
                        story.ops, office + "/approval", "{'decision': 'approved', 'proposal': '" + proposal + "'}")
                .expect(201)
                .at("/project");
        assertThat(approved.at("/approval/onBehalf").booleanValue()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedByItsPlace() {
        refused(story.post(cio, PROJECTS, "{'name': 'No Name', 'title': 'x'}"), 422, "/name");
        refused(story.post(cio, PROJECTS, "{'name': 'untitled'}"), 400, "/title");
        refused(story.post(cio, PROJECTS, "{'name': 'x', 'title': 'x', 'budget': 3}"), 400, "/budget");
        refused(story.post(cio, project + "/messages", "{'as': 'question'}"), 400, "/text");
        refused(story.post(cio, project + "/messages", "{'as': 'shout', 'text': 'x'}"), 400, "/as");
        refused(story.post(cio, project + "/messages", "{'text': '-----BEGIN PRIVATE KEY-----'}"), 422, "/text");
        refused(
                story.post(
                        story.ops,
                        project + "/messages",
                        "{'as': 'alternative', 'text': 'x', 'alternative': 'a'," + " 'price': {'monthly': 'a lot'}}"),
                422,
                "/price/monthly");
        refused(story.post(story.ops, project + "/messages", "{'as': 'proposal'}"), 409, "/name");
        refused(decide(cio, "{'decision': 'perhaps'}"), 400, "/decision");
        story.post(cio, PROJECTS + "/unknown/messages", "{'text': 'x'}").expect(404);
        story.get(cio, PROJECTS + "?state=running").expect(400);
        story.get(cio, PROJECTS + "?turn=mine").expect(400);
    }

    private static void refused(Reply reply, int status, String pointer) {
        reply.expect(status);
        assertThat(reply.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void aRobotAStrangerAndWhoIsLimitedElsewhereFindNothing() {
        String robot = story.robot(story.ops, customer, "robot-of-" + customer, "read:inventory", "testify:*");
        story.get(robot, project).expect(403);
        story.post(robot, project + "/messages", "{'text': 'x'}").expect(403);
        story.get(story.stranger, project).expect(404);
        story.post(story.stranger, project + "/messages", "{'text': 'x'}").expect(404);
        JsonNode token = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'elsewhere', 'customers': ['" + customer + "'], 'infrastructures': ['office']}")
                .expect(201);
        String limited = token.at("/secret").stringValue();
        story.get(limited, project).expect(404);
        assertThat(story.get(limited, PROJECTS).expect(200).at("/items")).isEmpty();
    }

    @Test
    void theSameKeyIsOneActAndADryRunIsNone() {
        String body = "{'as': 'message', 'text': 'hello'}";
        Reply first = story.post(cio, project + "/messages", body, "Idempotency-Key", "k-" + customer);
        Reply again = story.post(cio, project + "/messages", body, "Idempotency-Key", "k-" + customer);
        assertThat(first.expect(201).at("/id")).isEqualTo(again.json().at("/id"));
        for (String unclear : new String[] {"?dryRun", "?dryRun="})
            story.post(cio, project + "/messages" + unclear, body).expect(400);
        Reply dry = story.post(cio, project + "/messages?dryRun=true", body);
        assertThat(dry.json().at("/seq").isNull()).isTrue();
        String said = first.json().at("/id").stringValue();
        Reply taken = story.post(
                cio, "/api/v1/testimonies?dryRun=true", "{'kind': 'withdrawal', 'testimony': '" + said + "'}");
        assertThat(taken.json().at("/seq").isNull()).isTrue();
        assertThat(messages()).hasSize(2);
    }

    private List<String> messages() {
        List<String> said = new ArrayList<>();
        String page = project + "/messages?limit=1";
        while (page != null) {
            JsonNode read = story.get(cio, page).expect(200);
            read.at("/items")
                    .forEach(one -> said.add(one.at("/kind").stringValue() + " "
                            + one.at("/text").asString("")
                            + (one.at("/withdrawn").booleanValue() ? " (withdrawn)" : "")));
            page = read.at("/next").isNull()
                    ? null
                    : project + "/messages?limit=1&after=" + read.at("/next").stringValue();
        }
        return said;
    }

    @Test
    void whatWasSaidAndTakenBackStandsAsWithdrawnAndARebuildGivesTheSame() {
        wish("shop-db-1", "'memory': '64 GiB'");
        JsonNode proposed = say(story.ops, "{'as': 'proposal', 'text': 'one server'}");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'withdrawal', 'testimony': '"
                                + proposed.at("/proposal/testimony").stringValue() + "'}")
                .expect(201);
        JsonNode back = look(cio);
        assertThat(back.at("/state").stringValue()).isEqualTo("requested");
        assertThat(back.at("/proposal").isNull()).isTrue();
        assertThat(messages())
                .containsExactly("request two hosting providers, please", "message one server (withdrawn)");
        Tx tx = story.server().room(Tx.class);
        String before = dump(tx);
        new Rebuild(tx, Consequences.ALL).rebuild(java.util.UUID.fromString(id), n -> {});
        assertThat(dump(tx)).isEqualTo(before);
    }

    @Test
    void whatIsAskedForAgainAfterItWasTakenBackIsRebuiltToo() {
        JsonNode first = ask("office");
        story.post(
                        cio,
                        "/api/v1/testimonies",
                        "{'kind': 'withdrawal', 'testimony': '"
                                + first.at("/id").stringValue() + "'}")
                .expect(201);
        assertThat(ask("office").at("/project/id")).isNotEqualTo(first.at("/project/id"));
        Tx tx = story.server().room(Tx.class);
        String before = dump(tx);
        new Rebuild(tx, Consequences.ALL).rebuild(java.util.UUID.fromString(id), n -> {});
        assertThat(dump(tx)).isEqualTo(before);
    }

    @Test
    void whatOneSideDecidedTheOtherCannotTakeBack() {
        wish("shop-db-1", "'memory': '64 GiB'");
        say(story.ops, "{'as': 'proposal', 'text': 'one server'}");
        String refusal = decide(cio, "{'decision': 'refused', 'text': 'too dear', " + standing() + "}")
                .expect(201)
                .at("/id")
                .stringValue();
        String withdrawal = "{'kind': 'withdrawal', 'testimony': '" + refusal + "'}";
        story.post(story.ops, "/api/v1/testimonies?customer=" + customer, withdrawal)
                .expect(403);
        story.post(cio, "/api/v1/testimonies", withdrawal).expect(201);
        assertThat(look(cio).at("/state").stringValue()).isEqualTo("proposed");
    }

    @Test
    void whatARobotFindsBelongsToNoProjectAndARobotReadsNothingOfThem() {
        String robot = story.robot(story.ops, customer, "robot-of-" + customer, "read:inventory", "testify:*");
        wish("shop-db-1", "'memory': '64 GiB'");
        story.post(
                        robot,
                        "/api/v1/testimonies",
                        "{'kind': 'survey', 'element': 'found-1', 'type': 'server', 'create': true, 'facts': {'project': 'web-shop'}}")
                .expect(201);
        assertThat(look(cio).at("/progress/elements").intValue()).isEqualTo(1);
        JsonNode asked = story.get(cio, "/api/v1/testimonies?kind=request").expect(200);
        assertThat(asked.at("/items")).hasSize(1);
        assertThat(story.get(robot, "/api/v1/testimonies?kind=request")
                        .expect(200)
                        .at("/items"))
                .isEmpty();
        story.get(robot, "/api/v1/testimonies/" + asked.at("/items/0/id").stringValue())
                .expect(404);
        story.get(robot, "/api/v1/record").expect(403);
    }

    @Test
    void whoIsLimitedReachesNoProjectWithElementsElsewhere() {
        story.post(cio, PROJECTS, "{'name': 'web-shop', 'infrastructure': 'shop'}")
                .expect(201);
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        wish("shop-db-1", "'memory': '64 GiB', 'infrastructure': 'shop'");
        story.get(limited, project).expect(200);
        assertThat(story.get(limited, PROJECTS).expect(200).at("/items")).hasSize(1);
        wish("intra-1", "'memory': '64 GiB', 'infrastructure': 'intranet'");
        story.get(limited, project).expect(404);
        story.post(limited, project + "/messages", "{'as': 'proposal'}").expect(404);
        assertThat(story.get(limited, PROJECTS).expect(200).at("/items")).isEmpty();
    }

    @Test
    void questionsGiveTheTurnAndAnswersGiveItBack() {
        String first = say(story.ops, "{'as': 'question', 'text': 'one?'}")
                .at("/question/testimony")
                .stringValue();
        say(story.ops, "{'as': 'question', 'text': 'two?'}");
        JsonNode half = say(cio, "{'as': 'answer', 'text': 'one', 'answers': '" + first + "'}");
        assertThat(half.at("/question/text").stringValue()).isEqualTo("two?");
        assertThat(half.at("/turn").stringValue()).isEqualTo("customer");
        assertThat(say(cio, "{'as': 'answer', 'text': 'two'}").at("/turn").stringValue())
                .isEqualTo("ops");
        wish("shop-db-1", "'memory': '64 GiB'");
        say(story.ops, "{'as': 'proposal'}");
        decide(cio, "{'decision': 'approved', " + standing() + "}").expect(201);
        assertThat(say(cio, "{'as': 'question', 'text': 'when?'}").at("/turn").stringValue())
                .isEqualTo("ops");
        JsonNode answered = say(story.ops, "{'as': 'answer', 'text': 'soon'}");
        assertThat(answered.at("/turn").stringValue()).isEqualTo("ops");
        assertThat(answered.at("/progress/next/step").stringValue()).isEqualTo("ordered");
    }

    private String dump(Tx tx) {
        return tx.read(Scope.whole(java.util.UUID.fromString(id)), db -> db.sql(
                        "select string_agg(p::text, ' ' order by project_id) from project p")
                .query(String.class)
                .single());
    }
}
