package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.Statements;
import org.minventory.base.Scope;
import org.minventory.element.Status;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.testimony.Testimonies.Known;

/** What is said of a whole infrastructure reaches all that belong to it: then, and for as long as they do. */
class WholeInfrastructuresTest {
    private static final String OPEN = "{'kind':'maintenance','infrastructure':'shop'}";
    private static final String CLOSED =
            "{'kind':'maintenance','infrastructure':'shop','facts':{'maintenance.state':'closed'}}";

    /** A shop with a machine in service, one delivered and one wished; and a machine of the office. */
    private static Acme shop() {
        Acme acme = new Acme();
        acme.at("2026-11-20T08:00:00Z");
        for (String told : List.of(
                "{'kind':'wish','element':'db-1','type':'server','facts':{'infrastructure':'shop'}}",
                "{'kind':'commissioning','element':'db-1'}",
                "{'kind':'wish','element':'web-1','type':'server','facts':{'infrastructure':'shop'}}",
                "{'kind':'delivery-notice','element':'web-1'}",
                "{'kind':'wish','element':'web-2','type':'server','facts':{'infrastructure':'shop'}}",
                "{'kind':'commissioning','element':'mail','type':'server','create':true}",
                "{'kind':'wish','element':'mail','facts':{'infrastructure':'office'}}")) acme.tell(acme.ops, told);
        return acme.at("2026-11-22T10:00:00Z");
    }

    private static UUID id(Acme acme, String element) {
        return acme.tx.read(Scope.whole(acme.id), db -> db.sql("select element_id from knowledge where name = ?")
                .param(element)
                .query(UUID.class)
                .single());
    }

    private static Picture picture(Acme acme, String element) {
        UUID id = id(acme, element);
        return acme.tx.read(Scope.whole(acme.id), db -> Knowledge.pictures(db, acme.id, List.of(id))
                .get(id));
    }

    private static Map<String, String> statuses(Acme acme) {
        Map<String, String> statuses = new TreeMap<>();
        acme.tx.read(Scope.whole(acme.id), db -> {
            db.sql("select name, status from knowledge").query(row -> {
                statuses.put(row.getString("name"), row.getString("status"));
            });
            return 0;
        });
        return statuses;
    }

    private static Status status(Acme acme, String element, String asOf, Known known) {
        UUID id = id(acme, element);
        return acme.tx.read(Scope.whole(acme.id), db -> Past.fold(
                        db, acme.id, id, element, "server", Vocabularies.read(db, acme.id), known, Instant.parse(asOf))
                .status());
    }

    private static List<String> notices(Acme acme, long after) {
        return acme.tx.read(Scope.whole(acme.id), db -> db.sql(
                        "select type || ' ' || body from notice where no > ? and type <> 'testimony.recorded' order by no")
                .param(after)
                .query(String.class)
                .list());
    }

    private static long lastNotice(Acme acme) {
        return acme.count("select max(no) from notice");
    }

    @Test
    void aMaintenanceIsThatOfAllThatWereDeliveredThere() {
        try (Acme acme = shop()) {
            Map<String, String> before = statuses(acme);
            long said = lastNotice(acme);
            Receipt opened = acme.tell(acme.ops, OPEN);
            assertThat(opened.status()).isEqualTo(201);
            assertThat(opened.element()).isNull();
            assertThat(opened.infrastructure()).isEqualTo(new Receipt.Whole("shop", 3, 2));
            assertThat(statuses(acme))
                    .containsEntry("db-1", "maintenance")
                    .containsEntry("web-1", "maintenance")
                    .containsEntry("web-2", "wished")
                    .containsEntry("mail", "in-service");
            Step step = picture(acme, "db-1").steps().getLast();
            assertThat(step.status()).isEqualTo(Status.MAINTENANCE);
            assertThat(step.testimony()).isEqualTo(opened.id());
            assertThat(picture(acme, "db-1").witness(step.witness()).name()).isEqualTo("Claire Morel");
            assertThat(picture(acme, "web-2").steps()).noneMatch(one -> one.status() == Status.MAINTENANCE);
            assertThat(notices(acme, said)).singleElement().satisfies(notice -> assertThat(notice)
                    .startsWith("element.status-changed")
                    .contains("\"infrastructure\":\"shop\"", "\"in-service\"", "\"delivered\""));
            SpineTest.same(acme);

            assertThat(acme.tell(acme.ops, OPEN).infrastructure())
                    .as("it is open already")
                    .isEqualTo(new Receipt.Whole("shop", 3, 0));
            assertThat(picture(acme, "db-1").steps().getLast().testimony()).isEqualTo(opened.id());
            assertThat(acme.at("2026-11-22T12:00:00Z")
                            .tell(acme.ops, CLOSED)
                            .infrastructure()
                            .moved())
                    .isEqualTo(2);
            assertThat(statuses(acme)).isEqualTo(before);
            SpineTest.same(acme);
        }
    }

    @Test
    void whoComesInAndWhoLeavesWhileItIsOpenGoesWithIt() {
        try (Acme acme = shop()) {
            acme.tell(acme.ops, OPEN);
            acme.at("2026-11-22T11:00:00Z");
            acme.tell(acme.ops, "{'kind':'wish','element':'mail','facts':{'infrastructure':'shop'}}");
            acme.tell(acme.ops, "{'kind':'wish','element':'db-1','facts':{'infrastructure':'office'}}");
            acme.tell(acme.ops, "{'kind':'delivery-notice','element':'web-2'}");
            Receipt born = acme.tell(
                    acme.ops,
                    "{'kind':'survey','element':'web-3','type':'server','create':true,'facts':{'infrastructure':'shop'}}");
            assertThat(born.element().status()).isEqualTo(Status.MAINTENANCE);
            assertThat(statuses(acme))
                    .containsEntry("mail", "maintenance")
                    .containsEntry("db-1", "in-service")
                    .containsEntry("web-2", "maintenance");
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'web-1'}");
            SpineTest.same(acme);
            assertThat(acme.at("2026-11-22T12:00:00Z").tell(acme.ops, CLOSED).infrastructure())
                    .isEqualTo(new Receipt.Whole("shop", 3, 3));
            assertThat(statuses(acme))
                    .containsEntry("mail", "in-service")
                    .containsEntry("db-1", "in-service")
                    .containsEntry("web-1", "decommissioned")
                    .containsEntry("web-2", "delivered")
                    .containsEntry("web-3", "in-service");
            SpineTest.same(acme);
            // where it stood at each moment, and what was known of it
            assertThat(status(acme, "mail", "2026-11-22T10:30:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.IN_SERVICE);
            assertThat(status(acme, "mail", "2026-11-22T11:30:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.MAINTENANCE);
            assertThat(status(acme, "db-1", "2026-11-22T10:30:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.MAINTENANCE);
            assertThat(status(acme, "db-1", "2026-11-22T11:30:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.IN_SERVICE);
            assertThat(status(acme, "db-1", "2026-11-22T13:00:00Z", Known.at(Instant.parse("2026-11-22T10:30:00Z"))))
                    .isEqualTo(Status.MAINTENANCE);
            assertThat(status(acme, "db-1", "2026-11-22T13:00:00Z", Known.at(Instant.parse("2026-11-22T09:30:00Z"))))
                    .isEqualTo(Status.IN_SERVICE);
        }
    }

    @Test
    void whatIsDeliveredMeanwhileIsSaidToBe() {
        try (Acme acme = shop()) {
            acme.tell(acme.ops, OPEN);
            long said = lastNotice(acme);
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, "{'kind':'delivery-notice','element':'web-2'}");
            assertThat(notices(acme, said)).hasSize(2).anyMatch(one -> one.startsWith("delivery.received"));
            said = lastNotice(acme);
            acme.at("2026-11-22T12:00:00Z").tell(acme.ops, CLOSED);
            assertThat(notices(acme, said)).singleElement().satisfies(one -> assertThat(one)
                    .startsWith("element.status-changed"));
        }
    }

    @Test
    void itsEndIsTheEndOfNoOtherMaintenance() {
        try (Acme acme = shop()) {
            Receipt own = acme.tell(acme.ops, "{'kind':'maintenance','element':'db-1'}");
            acme.at("2026-11-22T10:30:00Z").tell(acme.ops, OPEN);
            assertThat(picture(acme, "db-1").steps().getLast().testimony())
                    .as("the one that began first")
                    .isEqualTo(own.id());
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, CLOSED);
            assertThat(statuses(acme)).containsEntry("db-1", "maintenance").containsEntry("web-1", "delivered");
            acme.at("2026-11-22T11:30:00Z").tell(acme.ops, OPEN);
            acme.tell(acme.ops, "{'kind':'maintenance','element':'db-1','facts':{'maintenance.state':'closed'}}");
            assertThat(statuses(acme)).containsEntry("db-1", "maintenance");
            SpineTest.same(acme);
        }
    }

    @Test
    void itIsToldInAnyOrder() {
        try (Acme acme = shop()) {
            acme.at("2026-11-22T14:00:00Z");
            acme.tell(acme.ops, CLOSED.replace("'shop'", "'shop','witnessedAt':'2026-11-22T12:00:00Z'"));
            acme.tell(acme.ops, OPEN.replace("'shop'", "'shop','witnessedAt':'2026-11-22T10:00:00Z'"));
            assertThat(statuses(acme)).containsEntry("db-1", "in-service");
            assertThat(status(acme, "db-1", "2026-11-22T11:00:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.MAINTENANCE);
            acme.tell(
                    acme.ops,
                    "{'kind':'maintenance','infrastructure':'shop','facts':{'maintenance.state':'planned','maintenance.from':'2031-01-01T00:00:00Z'}}");
            assertThat(statuses(acme)).containsEntry("db-1", "in-service");
            SpineTest.same(acme);
        }
    }

    @Test
    void whatIsWithdrawnOrDiscreditedStepsBack() {
        try (Acme acme = shop()) {
            Map<String, String> before = statuses(acme);
            Receipt opened = acme.tell(acme.ansible, OPEN);
            Map<String, String> worked = statuses(acme);
            Receipt closed = acme.at("2026-11-22T11:00:00Z").tell(acme.ops, CLOSED);
            Receipt back = acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + closed.id() + "'}");
            assertThat(back.infrastructure()).isEqualTo(new Receipt.Whole("shop", 3, 2));
            assertThat(statuses(acme)).isEqualTo(worked).isNotEqualTo(before);
            SpineTest.same(acme);
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + opened.id() + "'}");
            assertThat(statuses(acme)).isEqualTo(before);
            acme.at("2026-11-22T12:00:00Z").tell(acme.ansible, OPEN);
            assertThat(statuses(acme)).isEqualTo(worked);
            acme.at("2026-11-22T13:00:00Z")
                    .tell(
                            acme.ops,
                            "{'kind':'discredit','facts':{'witness':'ansible@bastion','from':'2026-11-22T09:00:00Z','until':'2026-11-22T12:30:00Z'},'note':'its clock'}");
            assertThat(statuses(acme)).isEqualTo(before);
            SpineTest.same(acme);
        }
    }

    @Test
    void whatNobodyKnowsIsKeptUntilSomebodySaysWhatItIs() {
        try (Acme acme = shop()) {
            Receipt lost = acme.tell(acme.ansible, OPEN.replace("shop", "shpo"));
            assertThat(lost.status()).isEqualTo(202);
            assertThat(lost.unattached()).isEqualTo(Receipt.Unattached.UNKNOWN);
            Receipt other = acme.tell(acme.ansible, OPEN.replace("shop", "mail"));
            acme.at("2026-11-22T11:00:00Z");
            Receipt attached = acme.tell(
                    acme.ops, "{'kind':'attachment','testimony':'" + lost.id() + "','infrastructure':'shop'}");
            assertThat(attached.infrastructure()).isEqualTo(new Receipt.Whole("shop", 3, 2));
            assertThat(picture(acme, "db-1").steps().getLast().testimony()).isEqualTo(lost.id());
            assertThat(acme.tell(acme.ops, "{'kind':'attachment','testimony':'" + other.id() + "','element':'mail'}")
                            .element()
                            .status())
                    .as("it was an element")
                    .isEqualTo(Status.MAINTENANCE);
            SpineTest.same(acme);
            assertThat(status(acme, "db-1", "2026-11-22T12:00:00Z", Known.at(Instant.parse("2026-11-22T10:30:00Z"))))
                    .as("it was attached only later")
                    .isEqualTo(Status.IN_SERVICE);
            assertThat(status(acme, "db-1", "2026-11-22T10:30:00Z", Known.EVERYTHING))
                    .isEqualTo(Status.MAINTENANCE);
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + lost.id() + "'}");
            assertThat(statuses(acme)).containsEntry("db-1", "in-service").containsEntry("mail", "maintenance");
            Receipt survey = acme.tell(acme.ansible, "{'kind':'survey','element':'wbe-1'}");
            Receipt unfit = acme.tell(
                    acme.ops, "{'kind':'attachment','testimony':'" + survey.id() + "','infrastructure':'shop'}");
            assertThat(unfit.refusal().places().getFirst().pointer()).isEqualTo("/infrastructure");
            Receipt nowhere = acme.tell(
                    acme.ops, "{'kind':'attachment','testimony':'" + survey.id() + "','infrastructure':'nowhere'}");
            assertThat(nowhere.refusal()).isNotNull();
            SpineTest.same(acme);
        }
    }

    @Test
    void alarmsOfAllAreSilencedAndRaisedAgainInOneNoticeEach() {
        try (Acme acme = shop()) {
            acme.tell(acme.ops, "{'kind':'commissioning','element':'web-1'}");
            for (String element : List.of("db-1", "web-1"))
                acme.tell(
                        acme.ansible,
                        "{'kind':'monitoring-state','element':'" + element + "','facts':{'state':'critical'}}");
            long said = lastNotice(acme);
            Receipt opened = acme.tell(acme.ops, OPEN);
            assertThat(opened.divergences()).hasSize(2).allMatch(one -> one.change()
                    .equals("resolved"));
            assertThat(notices(acme, said)).hasSize(2);
            assertThat(acme.count("select count(*) from divergence where state = 'open'"))
                    .isZero();
            SpineTest.same(acme);
            said = lastNotice(acme);
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, CLOSED);
            assertThat(notices(acme, said)).hasSize(2).anyMatch(one -> one.startsWith("divergence.opened"));
            assertThat(acme.count("select count(*) from divergence where state = 'open'"))
                    .isEqualTo(2);
            SpineTest.same(acme);
        }
    }

    @Test
    void anIncidentIsOneNoticeForAll() {
        try (Acme acme = shop()) {
            long said = lastNotice(acme);
            Receipt opened = acme.tell(
                    acme.ansible, "{'kind':'incident','infrastructure':'shop','note':'orders take ten seconds'}");
            assertThat(opened.infrastructure()).isEqualTo(new Receipt.Whole("shop", 3, 0));
            acme.at("2026-11-22T11:00:00Z")
                    .tell(
                            acme.ansible,
                            "{'kind':'incident','infrastructure':'shop','facts':{'incident.state':'resolved'}}");
            acme.tell(acme.ops, "{'kind':'intervention','infrastructure':'shop','note':'new disks'}");
            assertThat(notices(acme, said))
                    .containsExactly(
                            "incident.opened {\"infrastructure\":\"shop\"}",
                            "incident.resolved {\"infrastructure\":\"shop\"}");
            SpineTest.same(acme);
        }
    }

    @Test
    void twoThatAreOneBelongWhereTheOneDoes() {
        try (Acme acme = shop()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'mail-2','type':'server','facts':{'infrastructure':'shop'}}");
            acme.tell(acme.ops, OPEN);
            acme.at("2026-11-22T11:00:00Z")
                    .tell(acme.ops, "{'kind':'merge','element':'mail-2','facts':{'into':'mail'}}");
            SpineTest.same(acme);
            assertThat(acme.count("select count(*) from belonging where until is null and infrastructure = 'shop'"
                            + " and element_id = '" + id(acme, "mail") + "'"))
                    .isEqualTo(1);
            assertThat(statuses(acme)).containsEntry("mail", "maintenance");
            acme.tell(acme.ops, CLOSED);
            assertThat(statuses(acme)).containsEntry("mail", "in-service");
            SpineTest.same(acme);
        }
    }

    @Test
    void aBatchDoesWhatOneByOneWouldDo() {
        try (Acme acme = shop()) {
            List<Receipt> receipts = acme.tell(
                    acme.ops,
                    List.of(
                            "{'kind':'survey','element':'new-1','type':'server','create':true,'facts':{'infrastructure':'annex'}}",
                            "{'kind':'maintenance','infrastructure':'annex'}",
                            OPEN,
                            "{'kind':'survey','element':'db-1','facts':{'kernel':'6.1'}}",
                            "{'kind':'survey','element':'db-1','facts':{'kernel':'6.1'}}",
                            "{'kind':'maintenance','infrastructure':'nowhere'}",
                            "{'kind':'wish','element':'mail','facts':{'infrastructure':'annex'}}",
                            CLOSED.replace("'shop'", "'shop','witnessedAt':'2026-11-22T10:00:01Z'")));
            assertThat(receipts.stream().map(Receipt::status)).containsExactly(201, 201, 201, 201, 200, 202, 201, 201);
            assertThat(receipts.get(1).infrastructure()).isEqualTo(new Receipt.Whole("annex", 1, 1));
            assertThat(receipts.get(3).element().status()).isEqualTo(Status.MAINTENANCE);
            assertThat(receipts.get(4).element().status()).isEqualTo(Status.MAINTENANCE);
            assertThat(receipts.get(7).infrastructure()).isEqualTo(new Receipt.Whole("shop", 3, 2));
            assertThat(statuses(acme))
                    .containsEntry("new-1", "maintenance")
                    .containsEntry("mail", "maintenance")
                    .containsEntry("db-1", "in-service");
            SpineTest.same(acme);
        }
    }

    @Test
    void ofManyElementsItCostsNoMoreStatements() {
        try (Acme acme = new Acme();
                Statements statements = new Statements()) {
            assertThat(cost(acme, statements, "large", 900)).isEqualTo(cost(acme, statements, "small", 9));
        }
    }

    private static long cost(Acme acme, Statements statements, String infrastructure, int elements) {
        people(acme, infrastructure, elements);
        long[] cost = new long[1];
        String told = OPEN.replace("shop", infrastructure);
        cost[0] = statements.of(() -> assertThat(acme.tell(acme.ops, told).infrastructure())
                .isEqualTo(new Receipt.Whole(infrastructure, elements, elements)));
        return cost[0];
    }

    private static void people(Acme acme, String infrastructure, int elements) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < elements; i++)
            told.add("{'kind':'survey','element':'" + infrastructure + "-" + i
                    + "','type':'server','create':true,'facts':{'infrastructure':'" + infrastructure + "'}}");
        acme.tell(acme.ops, told);
    }

    @Test
    void ofVeryManyElementsAThousandAreHeldAtATime() {
        try (Acme acme = new Acme()) {
            people(acme, "farm", Sitting.TOGETHER + 200);
            Receipt opened = acme.tell(acme.ops, OPEN.replace("shop", "farm"));
            assertThat(opened.infrastructure())
                    .isEqualTo(new Receipt.Whole("farm", Sitting.TOGETHER + 200, Sitting.TOGETHER + 200));
            assertThat(acme.count("select count(*) from knowledge where status = 'maintenance'"))
                    .isEqualTo(Sitting.TOGETHER + 200);
            assertThat(acme.count("select count(*) from notice where type = 'element.status-changed'"
                            + " and body->>'infrastructure' = 'farm'"))
                    .isEqualTo(1);
            SpineTest.same(acme);
        }
    }
}
