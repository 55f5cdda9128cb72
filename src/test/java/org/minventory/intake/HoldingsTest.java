package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.base.Scope;

/** What was held for an hour was held for an hour, whether it was told at once or bit by bit, and after every rebuild. */
class HoldingsTest {
    private static final List<String> TOLD = List.of(
            "{'kind':'wish','element':'old','type':'server','witnessedAt':'2026-11-22T06:00:00Z','facts':{'address':'192.0.2.10'}}",
            "{'kind':'wish','element':'new','type':'server','witnessedAt':'2026-11-22T06:00:00Z'}",
            "{'kind':'wish','element':'old','witnessedAt':'2026-11-22T07:00:00Z','facts':{'address':'192.0.2.11'}}",
            "{'kind':'wish','element':'new','witnessedAt':'2026-11-22T07:30:00Z','facts':{'address':'192.0.2.10'}}",
            "{'kind':'wish','element':'old','witnessedAt':'2026-11-22T08:00:00Z','facts':{'address':'192.0.2.10'}}",
            "{'kind':'wish','element':'new','witnessedAt':'2026-11-22T08:30:00Z','facts':{'address':'192.0.2.12'}}",
            "{'kind':'decommissioning','element':'old','witnessedAt':'2026-11-22T09:00:00Z'}");

    private static final String HELD = """
            select k.name || ' ' || i.value || ' ' || to_char(i.since at time zone 'UTC', 'HH24:MI') || '-'
                || coalesce(to_char(i.until at time zone 'UTC', 'HH24:MI'), '')
            from identifier i join knowledge k on k.customer_id = i.customer_id and k.element_id = i.element_id
            order by i.since, i.value""";

    @Test
    void atOnceOrBitByBit() {
        try (Acme together = new Acme();
                Acme apart = new Acme()) {
            together.tell(together.ops, TOLD);
            for (String one : TOLD) apart.tell(apart.ops, one);
            for (Acme acme : List.of(together, apart)) {
                assertThat(held(acme))
                        .containsExactly(
                                "old 192.0.2.10 06:00-07:00",
                                "old 192.0.2.11 07:00-08:00",
                                "new 192.0.2.10 07:30-08:30",
                                "old 192.0.2.10 08:00-09:00",
                                "new 192.0.2.12 08:30-");
                SpineTest.same(acme);
            }
        }
    }

    @Test
    void aLateTestimonyFindsWhoHeldItThen() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, TOLD);
            acme.rebuild();
            String survey =
                    "{'kind':'survey','element':{'address':'192.0.2.11'},'witnessedAt':'2026-11-22T07:15:00Z','facts':{'memory':'8 GiB'}}";
            assertThat(acme.tell(acme.ansible, survey).element().name()).isEqualTo("old");
        }
    }

    private static List<String> held(Acme acme) {
        return acme.tx.read(
                Scope.whole(acme.id), db -> db.sql(HELD).query(String.class).list());
    }
}
