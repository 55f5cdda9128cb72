package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Testimonies.Known;

/** Two times: when it was true, and when we learnt it. */
class PastTest {
    @Test
    void aLateCorrectedTestimonyAnswersByBothTimes() {
        try (Acme acme = new Acme()) {
            acme.at("2026-11-01T08:00:00Z")
                    .tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server','facts':{'memory':'8 GiB'}}");
            acme.at("2026-11-02T08:00:00Z").tell(acme.ansible, survey("2026-11-02T07:00:00Z", "8 GiB"));
            Receipt wrong = acme.at("2026-11-10T08:00:00Z").tell(acme.ansible, survey("2026-11-05T12:00:00Z", "4 GiB"));
            acme.at("2026-11-12T08:00:00Z")
                    .tell(
                            acme.ops,
                            "{'kind':'withdrawal','testimony':'%s','note':'the wrong host'}".formatted(wrong.id()));
            acme.at("2026-11-13T08:00:00Z").tell(acme.ansible, survey("2026-11-05T12:00:00Z", "16 GiB"));

            assertThat(memory(acme, "2026-11-06T00:00:00Z", Known.EVERYTHING)).isEqualTo("16 GiB");
            assertThat(memory(acme, "2026-11-04T00:00:00Z", Known.EVERYTHING)).isEqualTo("8 GiB");
            assertThat(memory(acme, "2026-11-06T00:00:00Z", Known.at(Instant.parse("2026-11-06T00:00:00Z"))))
                    .isEqualTo("8 GiB");
            assertThat(memory(acme, "2026-11-06T00:00:00Z", Known.at(Instant.parse("2026-11-11T00:00:00Z"))))
                    .isEqualTo("4 GiB");
            assertThat(memory(acme, "2026-11-06T00:00:00Z", Known.at(Instant.parse("2026-11-12T09:00:00Z"))))
                    .isEqualTo("8 GiB");
            assertThat(memory(acme, "2026-10-01T00:00:00Z", Known.EVERYTHING)).isNull();
        }
    }

    @Test
    void aLateTestimonyNeverOverwritesNewerKnowledge() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            acme.at("2026-11-22T11:00:00Z").tell(acme.ansible, survey("2026-11-22T11:00:00Z", "8 GiB"));
            acme.at("2026-11-22T12:00:00Z").tell(acme.ansible, survey("2026-11-22T12:00:00Z", "8 GiB"));
            acme.at("2026-11-22T13:00:00Z").tell(acme.ansible, survey("2026-11-22T11:30:00Z", "4 GiB"));
            assertThat(memory(acme, "2026-11-22T13:00:00Z", Known.EVERYTHING)).isEqualTo("8 GiB");
            SpineTest.same(acme);
        }
    }

    @Test
    void aClockThatIsAheadIsFlaggedAndOutvotesNobody() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            Receipt ahead = acme.at("2026-11-22T11:00:00Z").tell(acme.ansible, survey("2026-11-25T11:00:00Z", "4 GiB"));
            assertThat(ahead.flags()).containsExactly("future");
            acme.at("2026-11-22T12:00:00Z").tell(acme.ansible, survey("2026-11-22T12:00:00Z", "8 GiB"));
            assertThat(memory(acme, "2026-11-26T13:00:00Z", Known.EVERYTHING)).isEqualTo("8 GiB");
            SpineTest.same(acme);
        }
    }

    @Test
    void aSilenceLongerThanTheRhythmIsNoRun() {
        try (Acme acme = new Acme()) {
            acme.at("2026-10-01T08:00:00Z").tell(acme.ops, "{'kind':'wish','element':'web-1','type':'server'}");
            Receipt first = acme.tell(acme.ansible, survey("2026-10-01T08:00:00Z", "8 GiB"));
            Receipt after = acme.at("2026-11-22T08:00:00Z").tell(acme.ansible, survey("2026-11-22T08:00:00Z", "8 GiB"));
            assertThat(first.status()).isEqualTo(201);
            assertThat(after.status()).isEqualTo(201);
            SpineTest.same(acme);
        }
    }

    @Test
    void aDefinitionReadsAnewWhatIsKnown() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'rack-1','type':'server','facts':{'slots':'42'}}");
            acme.tell(acme.ansible, "{'kind':'survey','element':'rack-1','facts':{'slots':40}}");
            assertThat(acme.count("select count(*) from divergence")).isZero();
            acme.tx.write(
                    Scope.whole(acme.id),
                    db -> acme.intake.define(
                            db,
                            acme.ops,
                            acme.id,
                            "attribute",
                            "slots",
                            Json.MAPPER.readTree(
                                    "{\"name\":\"slots\",\"type\":\"integer\",\"rule\":\"equal\",\"searchable\":true,\"family\":\"hardware\",\"labels\":{\"en\":\"Slots\",\"fr\":\"Emplacements\"}}")));
            assertThat(acme.count("select count(*) from divergence where state = 'open'"))
                    .isEqualTo(1);
            SpineTest.same(acme);
        }
    }

    private static String survey(String at, String memory) {
        return "{'kind':'survey','element':'web-1','witnessedAt':'%s','facts':{'memory':'%s'}}".formatted(at, memory);
    }

    private static String memory(Acme acme, String asOf, Known known) {
        Vocabulary vocabulary = Vocabulary.builtIn();
        return acme.tx.read(Scope.whole(acme.id), db -> {
            var id = db.sql("select element_id from element")
                    .query(java.util.UUID.class)
                    .single();
            Picture then = Past.fold(db, acme.id, id, "web-1", "server", vocabulary, known, Instant.parse(asOf));
            var best = then.best("memory", Stance.DEPLOYED, vocabulary, Instant.parse(asOf));
            return best == null
                    ? null
                    : vocabulary.display("memory", best.counting().saying().value(), java.util.Locale.ENGLISH);
        });
    }
}
