package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.base.Scope;
import org.minventory.element.Status;

class SpineTest {
    @Test
    void whatWasOrderedAndNotDeliveredDivergesUntilTheProviderFixesIt() {
        try (Acme acme = new Acme()) {
            Receipt wished = acme.tell(
                    acme.ops,
                    "{'kind':'wish','element':'shop-db-1','type':'server','facts':{'memory':'64 GiB','infrastructure':'shop'}}");
            assertThat(wished.status()).isEqualTo(201);
            assertThat(wished.element().status()).isEqualTo(Status.WISHED);
            acme.tell(acme.ops, "{'kind':'order','element':'shop-db-1','facts':{'memory':'64 GB'},'order':'OVH-1'}");
            Receipt survey = acme.tell(
                    acme.lshw,
                    "{'kind':'delivery-survey','element':'shop-db-1','facts':{'memory':'32 GiB','serial':'ABC123'}}");
            assertThat(survey.divergences()).singleElement().satisfies(d -> {
                assertThat(d.nature()).isEqualTo("nonconformity");
                assertThat(d.en()).isEqualTo("32 GiB delivered where 64 GiB were ordered");
            });
            Receipt fixed = acme.tell(
                    acme.lshw,
                    "{'kind':'delivery-survey','element':{'serial':'ABC123'},'facts':{'memory':'62.8 GiB'}}");
            assertThat(fixed.element().name()).isEqualTo("shop-db-1");
            assertThat(fixed.divergences()).singleElement().satisfies(d -> assertThat(d.change())
                    .isEqualTo("resolved"));
            same(acme);
        }
    }

    @Test
    void twoHundredIdenticalSurveysCostOneTestimonyAndOneHearing() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            for (int i = 0; i < 200; i++)
                acme.at("2026-11-22T10:%02d:%02dZ".formatted(i / 60, i % 60))
                        .tell(
                                acme.ansible,
                                "{'kind':'survey','element':'web-1','facts':{'memory':'8 GiB','kernel':'6.1'}}");
            assertThat(acme.count("select count(*) from testimony where kind='survey'"))
                    .isEqualTo(1);
            assertThat(acme.count("select heard from hearing")).isEqualTo(200);
            acme.tell(acme.ansible, "{'kind':'survey','element':'web-1','facts':{'memory':'8 GiB','kernel':'6.2'}}");
            assertThat(acme.count("select count(*) from testimony where kind='confirmation'"))
                    .isEqualTo(1);
            same(acme);
        }
    }

    @Test
    void aBatchDoesWhatOneByOneWouldDo() {
        try (Acme acme = new Acme()) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                told.add(
                        "{'kind':'wish','element':'web-%d','type':'server','facts':{'memory':'8 GiB','fqdn':'web-%d.acme.example','depends-on':['web-%d']}}"
                                .formatted(i, i, i + 1));
                told.add("{'kind':'survey','element':{'fqdn':'web-%d.acme.example'},'facts':{'memory':'4 GiB'}}"
                        .formatted(i));
                told.add("{'kind':'survey','element':'nobody-%d','facts':{'memory':'4 GiB'}}".formatted(i));
                told.add("{'kind':'survey','element':'web-%d','facts':{'memory':'4 GoB'}}".formatted(i));
            }
            List<Receipt> receipts = acme.tell(acme.ops, told);
            assertThat(receipts.stream().map(Receipt::status).distinct()).containsExactly(201, 202, 422);
            assertThat(acme.count("select count(*) from divergence where state='open'"))
                    .isEqualTo(100);
            assertThat(acme.count("select count(*) from relation where target_id is not null"))
                    .isEqualTo(99);
            assertThat(acme.count("select count(*) from unattached where attached_seq is null"))
                    .isEqualTo(100);
            same(acme);
        }
    }

    @Test
    void attachingWithdrawingAndDecidingAreEntriesToo() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server','facts':{'memory':'8 GiB'}}");
            Receipt lost = acme.tell(acme.ansible, "{'kind':'survey','element':'wbe-1','facts':{'memory':'4 GiB'}}");
            assertThat(lost.status()).isEqualTo(202);
            Receipt attached = acme.tell(
                    acme.ops, "{'kind':'attachment','testimony':'%s','element':'web-1'}".formatted(lost.id()));
            assertThat(attached.divergences()).hasSize(1);
            var id = attached.divergences().getFirst().id();
            Receipt accepted = acme.tell(
                    acme.ops,
                    "{'kind':'divergence-decision','divergence':'%s','decision':'accept','until':'2026-12-31T00:00:00Z','note':'enough for now'}"
                            .formatted(id));
            assertThat(accepted.status()).isEqualTo(201);
            assertThat(acme.count("select count(*) from divergence where state='accepted'"))
                    .isEqualTo(1);
            Receipt withdrawn = acme.tell(
                    acme.ops, "{'kind':'withdrawal','testimony':'%s','note':'the wrong machine'}".formatted(lost.id()));
            assertThat(withdrawn.divergences()).singleElement().satisfies(d -> assertThat(d.change())
                    .isEqualTo("resolved"));
            same(acme);
        }
    }

    @Test
    void whatWasProvenAndWhatIsToBeRenewedIsRebuilt() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'dump','type':'backup','facts':{'schedule':'1 d'}}");
            assertThat(terms(acme, "dump")).containsExactly("proof:backup never", "proof:restore never");
            String bare = "{'kind':'proof','element':'dump','facts':{'size':'10 GB'}}";
            Receipt proof = acme.tell(acme.ansible, bare);
            for (int day = 23; day < 25; day++)
                acme.at("2026-11-" + day + "T10:00:00Z").tell(acme.ansible, bare);
            acme.tell(acme.ansible, "{'kind':'survey','element':'dump','facts':{'size':'11 GB'}}");
            acme.tell(acme.lshw, "{'kind':'survey','element':'dump','facts':{'last.success':'2026-11-24T02:00:00Z'}}");
            assertThat(terms(acme, "dump"))
                    .containsExactly("proof:backup " + proof.seq(), "proof:backup told", "proof:restore never");
            acme.tell(
                    acme.ansible,
                    "{'kind':'proof','element':'www','type':'certificate','create':true,'facts':{'issued':'2026-11-01','expires':'2027-01-30'}}");
            assertThat(terms(acme, "www")).containsExactly("renewal:due 2026-12-31");
            acme.tell(
                    acme.ansible,
                    "{'kind':'survey','element':'box','type':'server','create':true,'facts':{'node.version':'v22.1.0','mariadb.version':'1:10.6.2-0'}}");
            same(acme);
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'%s'}".formatted(proof.id()));
            assertThat(terms(acme, "dump")).containsExactly("proof:backup told", "proof:restore never");
            same(acme);
        }
    }

    private static List<String> terms(Acme acme, String element) {
        return acme.tx.read(
                Scope.whole(acme.id),
                db -> db.sql("""
                                select t.attribute || ' ' || t.text from term t join element e on e.element_id = t.element_id
                                where e.name = ? and t.attribute like '%:%' order by t.attribute, t.text""").param(element).query(String.class).list());
    }

    @Test
    void aKeyIsRememberedForAWeekAndNotForEver() {
        try (Acme acme = new Acme()) {
            String told = "{'kind':'wish','element':'web-1','type':'server','key':'%s','facts':{'memory':'8 GiB'}}";
            Receipt first = acme.tell(acme.ops, told.formatted("order-1"));
            assertThat(acme.at("2026-11-29T10:00:00Z")
                            .tell(acme.ops, told.formatted("order-1"))
                            .id())
                    .isEqualTo(first.id());
            acme.at("2026-12-01T10:00:00Z").tell(acme.ops, told.formatted("order-2"));
            assertThat(acme.count("select count(*) from idempotency where key like '%order-1'"))
                    .isZero();
        }
    }

    @Test
    void theWitnessWhoRanksFirstForAnAttributeCountsWhileItIsFresh() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            acme.tell(
                    acme.lshw,
                    "{'kind':'survey','element':'web-1','source':'lshw','facts':{'disks.count':2,'kernel':'6.1'}}");
            acme.at("2026-11-22T11:00:00Z")
                    .tell(
                            acme.ansible,
                            "{'kind':'survey','element':'web-1','source':'ansible','facts':{'disks.count':1,'kernel':'6.2'}}");
            assertThat(acme.best("web-1", "disks.count")).isEqualTo("1");
            acme.define("attribute", "{'name':'disks.count','type':'integer','precedence':['lshw','ansible']}");
            assertThat(acme.best("web-1", "disks.count")).isEqualTo("2");
            assertThat(acme.best("web-1", "kernel")).isEqualTo("6.2");
            acme.at("2027-11-22T11:00:00Z")
                    .tell(
                            acme.ansible,
                            "{'kind':'survey','element':'web-1','source':'ansible','facts':{'disks.count':3}}");
            assertThat(acme.best("web-1", "disks.count"))
                    .as("lshw is stale by now")
                    .isEqualTo("3");
            same(acme);
        }
    }

    @Test
    void aReceiptTellsAllThatChanged() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            Receipt first = acme.tell(
                    acme.ansible,
                    "{'kind':'survey','element':'web-1','complete':true,'facts':{'memory':'8 GiB','cpu.cores':4}}");
            assertThat(changes(first)).containsExactlyInAnyOrder("memory: null → 8589934592", "cpu.cores: null → 4");
            Receipt second = acme.tell(
                    acme.ansible, "{'kind':'survey','element':'web-1','complete':true,'facts':{'cpu.cores':4}}");
            assertThat(changes(second)).containsExactly("memory: 8589934592 → null");
            Receipt withdrawn = acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'%s'}".formatted(second.id()));
            assertThat(changes(withdrawn)).containsExactly("memory: null → 8589934592");
            Receipt lost = acme.tell(acme.lshw, "{'kind':'survey','element':'wbe-1','facts':{'cpu.threads':8}}");
            Receipt attached = acme.tell(
                    acme.ops, "{'kind':'attachment','testimony':'%s','element':'web-1'}".formatted(lost.id()));
            assertThat(changes(attached)).containsExactly("cpu.threads: null → 8");
        }
    }

    private static List<String> changes(Receipt receipt) {
        return receipt.changes().stream()
                .map(c -> c.attribute() + ": " + c.before() + " → " + c.now())
                .toList();
    }

    static void same(Acme acme) {
        var before = acme.derived();
        acme.rebuild();
        assertThat(acme.derived()).isEqualTo(before);
    }
}
