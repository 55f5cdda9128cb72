package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Statements;
import org.minventory.base.Scope;

/** What redundant elements may not have in common diverges of each, from the word that brings it about to the one that ends it. */
class RedundancyTest {
    private static String wish(String name, String facts) {
        return "{'kind':'wish','element':'" + name + "','type':'server','facts':{" + facts + "}}";
    }

    private static List<String> living(Acme acme) {
        return texts(acme, """
                select k.name || ' ' || d.attribute || ' ' || d.nature || ' '
                  || (select string_agg(o ->> 'name', '+') from json_array_elements(d.body -> 'common' -> 'with') o) || coalesce(' on '
                  || (select string_agg(o ->> 'name', '+') from json_array_elements(d.body -> 'common' -> 'carriers') o), '')
                from divergence d
                join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id
                where d.state <> 'resolved' order by k.name, d.nature""");
    }

    private static List<String> texts(Acme acme, String sql) {
        return acme.tx.read(
                Scope.whole(acme.id), db -> db.sql(sql).query(String.class).list());
    }

    private static String history(Acme acme) {
        return String.join("\n", texts(acme, """
                select k.name || d.attribute || d.opened_seq || '-' || coalesce(d.resolved_seq, 0) || d.state || (d.body ->> 'common')
                from divergence d join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id order by 1"""));
    }

    @Test
    void oneProviderForTwoThatAreRedundantDivergesOfBothUntilOneMoves() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("db-1", "'provider':'OVHcloud','site':'Gravelines'"));
            acme.tell(acme.ops, wish("db-2", "'provider':'Hetzner','redundant-with':['db-1']"));
            assertThat(living(acme)).isEmpty();
            Receipt moved = acme.tell(
                    acme.ops, wish("db-2", "'provider':'ovhCloud ','site':'Roubaix','redundant-with':['db-1']"));
            assertThat(moved.divergences()).singleElement().satisfies(one -> {
                assertThat(one.attribute()).isEqualTo("provider");
                assertThat(one.between()).isEqualTo("elements");
                assertThat(one.nature()).isEqualTo("common-provider");
                assertThat(one.change()).isEqualTo("opened");
                assertThat(one.en()).isEqualTo("Redundant with db-1, but at the same provider: ovhCloud");
                assertThat(one.fr()).isEqualTo("Redondant avec db-1, mais chez le même fournisseur\u00a0: ovhCloud");
            });
            assertThat(living(acme))
                    .containsExactly("db-1 provider common-provider db-2", "db-2 provider common-provider db-1");
            assertThat(texts(acme, "select divergences::text from knowledge")).containsOnly("1");
            assertThat(texts(acme, "select type from notice where type like 'divergence%'"))
                    .containsExactly("divergence.opened", "divergence.opened");
            Receipt closer =
                    acme.tell(acme.ansible, "{'kind':'survey','element':'db-2','facts':{'site':'gravelines'}}");
            assertThat(closer.divergences()).singleElement().satisfies(one -> {
                assertThat(one.nature()).isEqualTo("common-site");
                assertThat(one.en()).isEqualTo("Redundant with db-1, but in the same data centre: gravelines");
            });
            assertThat(living(acme)).hasSize(4);
            Receipt away = acme.tell(
                    acme.ansible,
                    "{'kind':'survey','element':'db-2','facts':{'site':'gravelines','provider':'Hetzner'}}");
            assertThat(away.divergences()).hasSize(2).allSatisfy(one -> assertThat(one.change())
                    .isEqualTo("resolved"));
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + away.id() + "'}");
            assertThat(living(acme)).hasSize(4);
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'db-1'}");
            assertThat(living(acme)).isEmpty();
            SpineTest.same(acme);
        }
    }

    @Test
    void aGroupIsMadeOfAllThatAnyTellsAndEndsWithTheWish() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("a", "'provider':'Scaleway','redundant-with':['b']"));
            acme.tell(acme.ops, wish("c", "'provider':'Scaleway','redundant-with':['b']"));
            assertThat(living(acme)).as("by a name that nobody bears yet").hasSize(2);
            acme.tell(acme.ops, wish("d", "'provider':'Hetzner'"));
            acme.tell(acme.ops, wish("b", "'provider':'Hetzner','redundant-with':['d']"));
            assertThat(living(acme))
                    .containsExactly(
                            "a provider common-provider c",
                            "b provider common-provider d",
                            "c provider common-provider a",
                            "d provider common-provider b");
            Receipt apart = acme.tell(acme.ops, wish("b", "'provider':'Hetzner','redundant-with':[]"));
            assertThat(apart.divergences()).singleElement().satisfies(one -> assertThat(one.change())
                    .isEqualTo("resolved"));
            assertThat(living(acme)).hasSize(2);
            acme.tell(acme.ops, wish("c", "'provider':'Scaleway','redundant-with':[]"));
            assertThat(living(acme)).isEmpty();
            SpineTest.same(acme);
        }
    }

    @Test
    void aNameToldBeforeItsElementIsBornMeansIt() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("db-1", "'provider':'OVHcloud','redundant-with':['db-2']"));
            assertThat(living(acme)).isEmpty();
            Receipt born = acme.tell(acme.ops, wish("db-2", "'provider':'OVHcloud'"));
            assertThat(born.divergences()).singleElement().satisfies(one -> assertThat(one.nature())
                    .isEqualTo("common-provider"));
            assertThat(living(acme)).hasSize(2);
            SpineTest.same(acme);
        }
    }

    @Test
    void whatCarriesBothIsFoundHoweverFarBelow() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("hyp-1", "'part-of':['rack-1']"));
            acme.tell(acme.ops, wish("hyp-2", "'part-of':['rack-2']"));
            acme.tell(acme.ops, wish("vm-1", "'runs-on':['hyp-1']"));
            acme.tell(acme.ops, wish("vm-2", "'runs-on':['hyp-2'],'redundant-with':['vm-1']"));
            acme.tell(acme.ops, wish("rack-1", "'depends-on':['power']"));
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, wish("rack-2", "'depends-on':['power']"));
            assertThat(living(acme))
                    .containsExactly(
                            "vm-1 redundant-with common-dependency vm-2 on power",
                            "vm-2 redundant-with common-dependency vm-1 on power");
            Receipt same = acme.tell(acme.ops, wish("hyp-2", "'part-of':['rack-1']"));
            assertThat(same.divergences()).as("of hyp-2 itself").isEmpty();
            assertThat(living(acme))
                    .as("the nearest says it")
                    .containsExactly(
                            "vm-1 redundant-with common-dependency vm-2 on rack-1",
                            "vm-2 redundant-with common-dependency vm-1 on rack-1");
            assertThat(texts(acme, "select type from notice where type = 'divergence.worsened'"))
                    .hasSize(2);
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'rack-1'}");
            assertThat(living(acme)).as("what is closed carries nobody").isEmpty();
            Receipt each = acme.tell(acme.ops, wish("vm-2", "'depends-on':['vm-1'],'redundant-with':['vm-1']"));
            assertThat(each.divergences()).singleElement().satisfies(one -> assertThat(one.en())
                    .isEqualTo("Redundant with vm-1, but with a common dependency: vm-1"));
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + each.id() + "'}");
            assertThat(living(acme)).isEmpty();
            SpineTest.same(acme);
        }
    }

    @Test
    void whatIsRedundantItselfBringsNobodyDownButWhatItStandsOnDoes() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("db-1", ""));
            acme.tell(acme.ops, wish("db-2", ""));
            acme.tell(acme.ops, wish("web-1", "'depends-on':['db-1','db-2']"));
            acme.tell(acme.ops, wish("web-2", "'depends-on':['db-1','db-2'],'redundant-with':['web-1']"));
            assertThat(living(acme)).hasSize(2);
            acme.tell(acme.ops, wish("db-2", "'redundant-with':['db-1']"));
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, wish("db-1", "'depends-on':['power']"));
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, wish("db-2", "'redundant-with':['db-1'],'depends-on':['power']"));
            assertThat(living(acme))
                    .containsExactly(
                            "db-1 redundant-with common-dependency db-2 on power",
                            "db-2 redundant-with common-dependency db-1 on power",
                            "web-1 redundant-with common-dependency web-2 on power",
                            "web-2 redundant-with common-dependency web-1 on power");
            SpineTest.same(acme);
        }
    }

    @Test
    void ringsOfCarriersAndOfRedundancyEnd() {
        try (Acme acme = new Acme()) {
            acme.tell(
                    acme.ops,
                    List.of(
                            wish("a", "'depends-on':['b','a'],'redundant-with':['c','a']"),
                            wish("b", "'depends-on':['a']"),
                            wish("c", "'depends-on':['b'],'redundant-with':['a']")));
            assertThat(living(acme))
                    .containsExactly(
                            "a redundant-with common-dependency c on a", "c redundant-with common-dependency a on a");
            SpineTest.same(acme);
        }
    }

    @Test
    void whatIsAcceptedIsAskedAgainWhenOneMoreSharesIt() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("a", "'provider':'OVHcloud'"));
            Receipt pair = acme.tell(acme.ops, wish("b", "'provider':'OVHcloud','redundant-with':['a']"));
            acme.tell(
                    acme.ops,
                    "{'kind':'divergence-decision','divergence':'"
                            + pair.divergences().getFirst().id()
                            + "','decision':'accept','until':'2026-12-31T00:00:00Z','note':'for now'}");
            assertThat(acme.count("select count(*) from divergence where state = 'accepted'"))
                    .isEqualTo(1);
            acme.tell(acme.ops, wish("c", "'provider':'OVHcloud','redundant-with':['a']"));
            assertThat(acme.count("select count(*) from divergence where state = 'open'"))
                    .isEqualTo(3);
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'c'}");
            assertThat(living(acme)).containsExactly("a provider common-provider b", "b provider common-provider a");
            SpineTest.same(acme);
        }
    }

    @Test
    void aBatchCostsTheSameStatementsWhateverItsLengthAndWhatChangesNothingNone() {
        try (Acme acme = new Acme();
                Statements statements = new Statements()) {
            acme.tell(acme.ops, List.of(wish("hyp-1", "'part-of':['rack']"), wish("hyp-2", "'part-of':['rack']")));
            acme.tell(acme.ops, pairs("first", 3));
            long few = statements.of(() -> acme.tell(acme.ops, pairs("few", 3)));
            long many = statements.of(() -> acme.tell(acme.ops, pairs("many", 60)));
            assertThat(many).isLessThanOrEqualTo(few);
            assertThat(living(acme)).hasSize(2 * (3 + 3 + 60));
            long fewMoves = statements.of(() -> acme.tell(acme.ops, moves("few", 3)));
            long manyMoves = statements.of(() -> acme.tell(acme.ops, moves("many", 60)));
            assertThat(manyMoves).isLessThanOrEqualTo(fewMoves);
            assertThat(living(acme)).hasSize(2 * (3 + 3 + 60) + 2 * (3 + 60));
            String survey = "{'kind':'survey','element':'first-a-1','facts':{'kernel':'%s'%s}}";
            acme.tell(acme.ansible, survey.formatted("6.0", ",'provider':'P1'"));
            long plain = statements.of(() -> acme.tell(acme.lshw, survey.formatted("6.1", "")));
            acme.tell(acme.lshw, survey.formatted("6.2", ""));
            long unchanged = statements.of(() -> acme.tell(acme.ansible, survey.formatted("6.3", ",'provider':'P1'")));
            assertThat(unchanged).isLessThanOrEqualTo(plain);
            SpineTest.same(acme);
        }
    }

    @Test
    void twoThatAreOneAreRedundantWithWhomEitherWas() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("a", "'provider':'OVHcloud','redundant-with':['old']"));
            acme.tell(acme.ops, wish("old", "'provider':'OVHcloud'"));
            acme.tell(acme.ops, wish("new", "'provider':'Hetzner'"));
            assertThat(living(acme)).hasSize(2);
            acme.at("2026-11-22T11:00:00Z")
                    .tell(acme.ops, "{'kind':'merge','element':'old','facts':{'into':'new'},'note':'one machine'}");
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, wish("new", "'provider':'OVHcloud'"));
            assertThat(living(acme))
                    .containsExactly("a provider common-provider new", "new provider common-provider a");
            SpineTest.same(acme);
        }
    }

    private static List<String> pairs(String name, int count) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            told.add(wish(name + "-a-" + i, "'provider':'P1','runs-on':['hyp-1']"));
            told.add(wish(
                    name + "-b-" + i,
                    "'provider':'P2','runs-on':['hyp-2'],'redundant-with':['" + name + "-a-" + i + "']"));
        }
        return told;
    }

    private static List<String> moves(String name, int count) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) told.add(wish(name + "-b-" + i, "'provider':'P1'"));
        return told;
    }

    @Test
    void aHundredAtOnceDivergeLikeAHundredOneByOne() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            told.add(wish("hyp-" + i, "'part-of':['rack-" + i / 8 + "'],'provider':'P" + i % 3 + "'"));
            told.add(wish(
                    "vm-" + i,
                    "'runs-on':['hyp-" + (i * 7) % 40 + "'],'provider':'P" + i % 4 + "','site':'S" + i % 2
                            + "','redundant-with':['vm-" + (i / 4 * 4) + "']"));
        }
        told.add("{'kind':'decommissioning','element':'vm-3'}");
        told.add(wish("vm-5", "'runs-on':['hyp-1']"));
        told.add(wish("vm-8", "'provider':'P1','redundant-with':['vm-0']"));
        told.add(wish("rack-2", "'part-of':['rack-0']"));
        told.add("{'kind':'decommissioning','element':'hyp-14'}");
        try (Acme together = new Acme();
                Acme apart = new Acme()) {
            together.tell(together.ops, told);
            for (String one : told) apart.tell(apart.ops, one);
            assertThat(living(together)).isEqualTo(living(apart)).hasSizeGreaterThan(10);
            assertThat(history(together)).isEqualTo(history(apart));
            SpineTest.same(together);
            SpineTest.same(apart);
        }
    }
}
