package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.base.Problem;
import org.minventory.base.Scope;
import org.minventory.party.Caller;
import org.minventory.party.Role;

/** A name belongs to one living element of a customer: nobody's words make it two, whatever they can see. */
class OneNameTest {
    @Test
    void whoDoesNotSeeTheBearerOfANameCreatesNoOther() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("intra-app-1", "office"));
            List<Receipt> told =
                    acme.tell(ofTheShop(acme), List.of(created("intra-app-1", "shop"), created("shop-web-1", "shop")));
            assertThat(told.stream().map(Receipt::status)).containsExactly(202, 201);
            assertThat(acme.count("select count(*) from element where name = 'intra-app-1'"))
                    .isEqualTo(1);
            SpineTest.same(acme);
        }
    }

    private static Caller ofTheShop(Acme acme) {
        Scope shop = new Scope(List.of(new Scope.Grant(acme.id, Set.of("shop"), null)));
        return new Caller(acme.lshw.actor(), Role.ROBOT, "shop", null, null, shop, Set.of("testify:*"), true);
    }

    @Test
    void whatWaitedTwiceUnderOneNameIsOneElement() {
        try (Acme acme = new Acme()) {
            UUID first = acme.tell(acme.ansible, "{'kind':'survey','element':'ghost-1','facts':{'memory':'4 GiB'}}")
                    .id();
            UUID second = acme.tell(acme.ansible, "{'kind':'survey','element':'ghost-2','facts':{'memory':'8 GiB'}}")
                    .id();
            List<Receipt> attached = acme.tell(acme.ops, List.of(attachment(first), attachment(second)));
            assertThat(attached.stream().map(Receipt::status)).containsExactly(201, 201);
            assertThat(attached.getFirst().element().id())
                    .isEqualTo(attached.getLast().element().id());
            SpineTest.same(acme);
        }
    }

    @Test
    void theClosedOneDoesNotComeBackWhereAnotherBearsItsName() {
        try (Acme acme = new Acme()) {
            UUID old = acme.tell(acme.ops, wish("reborn", "shop")).element().id();
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, "{'kind':'commissioning','element':'reborn'}");
            UUID closing = acme.at("2026-11-22T12:00:00Z")
                    .tell(acme.ops, "{'kind':'decommissioning','element':'reborn'}")
                    .id();
            assertThat(acme.tell(acme.ops, wish("reborn", "shop")).element().id())
                    .isNotEqualTo(old);
            for (String comeBack : List.of(
                    "{'kind':'withdrawal','testimony':'" + closing + "'}",
                    "{'kind':'commissioning','element':'" + old + "'}")) {
                Receipt refused = acme.at("2026-11-22T13:00:00Z").tell(acme.ops, comeBack);
                assertThat(refused.status()).as(comeBack).isEqualTo(409);
                assertThat(refused.refusal().problem()).isEqualTo(Problem.NAME_TAKEN);
            }
            acme.tell(acme.ops, "{'kind':'decommissioning','element':'reborn'}");
            assertThat(acme.tell(acme.ops, "{'kind':'withdrawal','testimony':'" + closing + "'}")
                            .status())
                    .isEqualTo(201);
            SpineTest.same(acme);
        }
    }

    @Test
    void aNameIsFreeForTheNextInTheSameBatch() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, wish("web-1", "shop"));
            List<Receipt> told = acme.tell(
                    acme.ops,
                    List.of(
                            "{'kind':'commissioning','element':'web-1'}",
                            "{'kind':'decommissioning','element':'web-1'}",
                            wish("web-1", "shop"),
                            "{'kind':'decommissioning','element':'web-1'}",
                            wish("web-1", "shop")));
            assertThat(told.stream().map(Receipt::status)).containsOnly(201);
            assertThat(acme.count("select count(*) from element where name = 'web-1'"))
                    .isEqualTo(3);
            SpineTest.same(acme);
        }
    }

    private static String wish(String name, String infrastructure) {
        return "{'kind':'wish','element':'%s','type':'server','facts':{'infrastructure':'%s'}}"
                .formatted(name, infrastructure);
    }

    private static String created(String name, String infrastructure) {
        return "{'kind':'survey','element':'%s','create':true,'type':'server','facts':{'infrastructure':'%s'}}"
                .formatted(name, infrastructure);
    }

    private static String attachment(UUID waiting) {
        return "{'kind':'attachment','testimony':'%s','element':'ghost','create':true,'type':'server'}"
                .formatted(waiting);
    }
}
