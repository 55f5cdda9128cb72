package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.base.Scope;

/** What two elements may not have at once diverges of both, from the word that brings it about to the word that ends it. */
class NeighboursTest {
    private static String wish(String name, String type, String facts) {
        return "{'kind':'wish','element':'" + name + "','type':'" + type + "','facts':{" + facts + "}}";
    }

    private static List<String> living(Acme acme) {
        return texts(acme, """
                select k.name || ' ' || d.attribute || ' ' || d.nature || ' ' || k.divergences from divergence d
                join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id
                where d.state <> 'resolved' order by k.name""");
    }

    private static List<String> texts(Acme acme, String sql) {
        return acme.tx.read(
                Scope.whole(acme.id), db -> db.sql(sql).query(String.class).list());
    }

    @Test
    void rangesThatCrossDivergeUntilOneOfThemGivesWay() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("whole", "ip-range", "'range':'192.0.2.0/24'"));
            acme.tell(acme.ops, wish("left", "ip-range", "'range':'192.0.2.0/26'"));
            assertThat(living(acme)).isEmpty();
            Receipt receipt = acme.tell(acme.ops, wish("across", "ip-range", "'range':'192.0.2.32-192.0.2.99'"));
            assertThat(receipt.divergences()).singleElement().satisfies(one -> {
                assertThat(one.nature()).isEqualTo("overlap");
                assertThat(one.change()).isEqualTo("opened");
                assertThat(one.en())
                        .isEqualTo(
                                "192.0.2.32-192.0.2.99 overlaps a range that another element holds, and neither lies in the other");
                assertThat(one.fr()).startsWith("192.0.2.32-192.0.2.99 chevauche la plage d’un autre élément");
            });
            assertThat(living(acme)).containsExactly("across range overlap 1", "left range overlap 1");
            assertThat(texts(acme, "select type from notice where type like 'divergence%'"))
                    .containsExactly("divergence.opened", "divergence.opened");
            acme.tell(acme.ops, wish("third", "ip-range", "'range':'192.0.2.90-192.0.2.120'"));
            assertThat(living(acme))
                    .containsExactly("across range overlap 1", "left range overlap 1", "third range overlap 1");
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, "{'kind':'decommissioning','element':'left'}");
            assertThat(living(acme)).containsExactly("across range overlap 1", "third range overlap 1");
            Receipt moved = acme.at("2026-11-22T12:00:00Z")
                    .tell(acme.ops, wish("across", "ip-range", "'range':'192.0.2.64/28'"));
            assertThat(moved.divergences()).singleElement().satisfies(one -> assertThat(one.change())
                    .isEqualTo("resolved"));
            assertThat(living(acme)).isEmpty();
            SpineTest.same(acme);
        }
    }

    @Test
    void anAddressThatTwoBearDivergesOfBoth() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("web-1", "server", "'address':'192.0.2.10'"));
            acme.tell(acme.ops, wish("web-1-ip", "ip-address", "'address':'192.0.2.10','assigned-to':['web-1']"));
            assertThat(living(acme)).as("one stands for the address").isEmpty();
            Receipt second = acme.tell(acme.ops, wish("web-2", "server", "'address':'192.0.2.10/24'"));
            assertThat(second.divergences()).singleElement().satisfies(one -> assertThat(one.nature())
                    .isEqualTo("double-assignment"));
            assertThat(living(acme))
                    .containsExactly("web-1 address double-assignment 1", "web-2 address double-assignment 1");
            acme.tell(acme.ops, wish("web-2-ip", "ip-address", "'address':'192.0.2.10'"));
            assertThat(living(acme)).hasSize(4);
            Receipt wrong =
                    acme.at("2026-11-22T11:00:00Z").tell(acme.ops, wish("web-2", "server", "'address':'192.0.2.11'"));
            assertThat(wrong.divergences()).singleElement().satisfies(one -> assertThat(one.change())
                    .isEqualTo("resolved"));
            assertThat(living(acme))
                    .containsExactly("web-1-ip address double-assignment 1", "web-2-ip address double-assignment 1");
            acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + wrong.id() + "'}");
            assertThat(living(acme)).hasSize(4);
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'web-1'}");
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'web-2-ip'}");
            assertThat(living(acme)).isEmpty();
            SpineTest.same(acme);
        }
    }

    @Test
    void whoBelongsTogetherMayShareAndPrivateAddressesComeAgainElsewhere() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("fw-1", "firewall", "'address':'192.0.2.1'"));
            acme.tell(acme.ops, wish("fw-2", "firewall", "'address':'192.0.2.1','redundant-with':['fw-1']"));
            acme.tell(acme.ops, wish("lan-1", "server", "'address':'10.0.0.5','infrastructure':'shop'"));
            acme.tell(acme.ops, wish("lan-2", "server", "'address':'10.0.0.5','infrastructure':'office'"));
            acme.tell(acme.ops, wish("local", "server", "'address':'127.0.0.1'"));
            acme.tell(acme.ops, wish("local-2", "server", "'address':'127.0.0.1'"));
            assertThat(living(acme)).isEmpty();
            acme.tell(acme.ops, wish("lan-2", "server", "'address':'10.0.0.5','infrastructure':'shop'"));
            acme.tell(acme.ops, wish("fw-2", "firewall", "'address':'192.0.2.1','redundant-with':[]"));
            assertThat(living(acme)).hasSize(4);
            SpineTest.same(acme);
        }
    }

    @Test
    void aThousandAtOnceDivergeLikeAThousandOneByOne() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            told.add(wish("web-" + i, "server", "'address':'192.0.2." + i % 40 + "'"));
            told.add(wish(
                    "range-" + i,
                    "ip-range",
                    "'range':'10.0." + i + ".0-10.0." + (i + i % 2) + "." + (9 - i % 2 * 4) + "'"));
        }
        told.add("{'kind':'decommissioning','element':'web-3'}");
        told.add(wish("web-44", "server", "'address':'198.51.100.7'"));
        told.add(wish("range-1", "ip-range", "'range':'10.9.0.0/24'"));
        try (Acme together = new Acme();
                Acme apart = new Acme()) {
            together.tell(together.ops, told);
            for (String one : told) apart.tell(apart.ops, one);
            assertThat(living(together)).isEqualTo(living(apart)).hasSizeGreaterThan(40);
            String history =
                    "select k.name || d.opened_seq || '-' || coalesce(d.resolved_seq, 0) || d.state from divergence d"
                            + " join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id order by 1";
            assertThat(texts(together, history)).isEqualTo(texts(apart, history));
            SpineTest.same(together);
            SpineTest.same(apart);
        }
    }
}
