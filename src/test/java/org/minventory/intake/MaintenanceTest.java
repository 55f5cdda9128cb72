package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.Reference;
import org.minventory.element.Status;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;

/** While an element is worked on, its life goes on beneath. */
class MaintenanceTest {
    private static Told found(String element, String memory) {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>(Map.of("memory", Json.text(memory)));
        return Told.found(new Reference.Named(element), null, facts, "lshw", Json.object());
    }

    @Test
    void whatIsFoundDuringAMaintenanceBelongsToItsReceptionStill() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'order','element':'db-1','type':'server','create':true}");
            acme.tell(acme.ops, "{'kind':'delivery-notice','element':'db-1'}");
            assertThat(acme.tell(acme.ops, "{'kind':'maintenance','element':'db-1'}")
                            .element()
                            .status())
                    .isEqualTo(Status.MAINTENANCE);
            Receipt found = acme.intake
                    .take(acme.lshw, List.of(found("db-1", "64 GiB")), Intake.Manner.PLAIN)
                    .getFirst();
            assertThat(found.element().status()).isEqualTo(Status.MAINTENANCE);
            Kind kind = acme.tx.read(
                    Scope.whole(acme.id), db -> Objects.requireNonNull(Testimonies.withId(db, acme.id, found.id()))
                            .kind());
            assertThat(kind).isEqualTo(Kind.DELIVERY_SURVEY);
            SpineTest.same(acme);
        }
    }

    @Test
    void aMaintenanceIsCausedByItsOwnBeginningNotByAnEarlierOne() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'commissioning','element':'db-1','type':'server','create':true}");
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, "{'kind':'maintenance','element':'db-1'}");
            acme.at("2026-11-22T12:00:00Z")
                    .tell(acme.ops, "{'kind':'maintenance','element':'db-1','facts':{'maintenance.state':'closed'}}");
            Receipt second = acme.at("2026-11-22T13:00:00Z").tell(acme.ops, "{'kind':'maintenance','element':'db-1'}");
            acme.at("2026-11-22T14:00:00Z").tell(acme.ops, "{'kind':'note','element':'db-1','note':'still at it'}");
            Picture picture = acme.tx.read(Scope.whole(acme.id), db -> Knowledge.pictures(
                            db, acme.id, List.of(second.element().id()))
                    .get(second.element().id()));
            Step step = picture.steps().getLast();
            assertThat(step.status()).isEqualTo(Status.MAINTENANCE);
            assertThat(step.testimony()).isEqualTo(second.id());
        }
    }
}
