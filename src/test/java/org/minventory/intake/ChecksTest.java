package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Picture;
import org.minventory.party.Caller;
import org.minventory.testimony.Stance;

/** Each check is a source: the worst counts, and each is awaited as it said. */
class ChecksTest {
    private final Acme acme = new Acme();

    @BeforeEach
    void serve() {
        for (String element : new String[] {"web-1", "web-2"}) {
            acme.tell(acme.ops, "{'kind':'wish','element':'%s','type':'server'}".formatted(element));
            acme.tell(acme.ops, "{'kind':'commissioning','element':'%s'}".formatted(element));
        }
    }

    /** Whatever was told, it is rebuilt as it stood. */
    @AfterEach
    void rebuild() {
        try (acme) {
            SpineTest.same(acme);
        }
    }

    private Receipt check(Caller caller, String element, String source, String state, String more) {
        return acme.tell(
                caller,
                "{'kind':'monitoring-state','element':'%s','source':'%s','facts':{'state':'%s'%s}}"
                        .formatted(element, source, state, more));
    }

    private Receipt check(String source, String state, String more) {
        return check(acme.ansible, "web-1", source, state, more);
    }

    private static String within(String seconds) {
        return ",'awaited.within':'" + seconds + " s'";
    }

    private Picture.Spoken state() {
        return acme.counting("web-1", "state", Stance.MONITORED);
    }

    private String word() {
        return state().saying().value().asString();
    }

    @Test
    void theWorstOfTheChecksOfOneWitnessCountsWhicheverSpokeLast() {
        check("checks/disk", "critical", "");
        acme.at("2026-11-22T10:01:00Z");
        check("checks/load", "ok", "");
        assertThat(word()).isEqualTo("critical");
        check("checks/load", "warning", "");
        check("checks/disk", "ok", "");
        assertThat(word()).isEqualTo("warning");
        check("checks/swap", "unknown", "");
        assertThat(word()).as("a warning is more than not to know").isEqualTo("warning");
        check("checks/load", "ok", "");
        assertThat(word()).isEqualTo("unknown");
        check("checks/swap", "ok", "");
        assertThat(word()).isEqualTo("ok");
    }

    @Test
    void theWorstOfSeveralWitnessesCounts() {
        check(acme.ansible, "web-1", "alertmanager/Disk", "critical", "");
        acme.at("2026-11-22T10:01:00Z");
        check(acme.lshw, "web-1", "icinga/disk", "ok", "");
        assertThat(word()).isEqualTo("critical");
    }

    @Test
    void aPrecedenceNamesToolsAndNotEachOfTheirChecks() {
        acme.define("attribute", "{'name':'latency','type':'integer','precedence':['icinga','alertmanager']}");
        check(acme.lshw, "web-1", "icinga/ping", "ok", ",'latency':12");
        acme.at("2026-11-22T10:01:00Z");
        check(acme.ansible, "web-1", "alertmanager/Ping 1f", "ok", ",'latency':90");
        assertThat(acme.counting("web-1", "latency", Stance.MONITORED).source()).isEqualTo("icinga/ping");
    }

    @Test
    void whatFellSilentIsLateThenWeighsNothing() {
        check("checks/disk", "critical", within("300"));
        check("checks/load", "ok", "");
        acme.at("2026-11-22T10:05:00Z");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
        acme.at("2026-11-22T10:05:01Z");
        assertThat(word()).isEqualTo("critical");
        assertThat(state().freshness()).isEqualTo(Freshness.LATE);
        acme.at("2026-11-22T10:10:01Z");
        assertThat(word()).isEqualTo("ok");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void itIsAwaitedFromWhenItLastSpokeAgainOrOtherwise() {
        Receipt first = check("checks/disk", "warning", within("300"));
        acme.at("2026-11-22T10:04:00Z");
        Receipt again = check("checks/disk", "warning", within("300"));
        assertThat(again.confirmed()).isTrue();
        assertThat(again.id()).isEqualTo(first.id());
        acme.at("2026-11-22T10:08:00Z");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
        check("checks/disk", "critical", within("300"));
        acme.at("2026-11-22T10:12:00Z");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
        acme.at("2026-11-22T10:13:01Z");
        assertThat(state().freshness()).isEqualTo(Freshness.LATE);
    }

    @Test
    void whoSaysThatNothingMoreIsToComeIsNotAwaitedUntilItSpeaksOtherwise() {
        check("alertmanager/Disk", "warning", "");
        check("alertmanager/Disk", "ok", within("0"));
        acme.at("2028-11-22T10:00:00Z");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
        check("alertmanager/Disk", "warning", "");
        assertThat(state().freshness()).isEqualTo(Freshness.FRESH);
        acme.at("2028-11-23T10:00:01Z");
        assertThat(state().freshness()).as("in the rhythm of its type again").isEqualTo(Freshness.LATE);
    }

    @Test
    void silenceIsToldOncePerTool() {
        for (String element : new String[] {"web-1", "web-2"})
            for (String source : new String[] {"checks/disk", "checks/load", "icinga/disk"})
                check(acme.ansible, element, source, "ok", within("300"));
        acme.at("2026-11-22T10:06:00Z");
        assertThat(acme.silence()).containsExactlyInAnyOrder("knowledge.late checks", "knowledge.late icinga");
        assertThat(acme.silence()).isEmpty();
        for (String element : new String[] {"web-1", "web-2"})
            check(acme.ansible, element, "icinga/disk", "critical", within("300"));
        acme.at("2026-11-22T10:07:00Z");
        assertThat(acme.silence()).containsExactly("knowledge.refreshed icinga");
        speakAgain();
    }

    @Test
    void whoWasLateAndSaysThatNothingMoreIsToComeIsLateNoMore() {
        check("alertmanager/Disk", "warning", within("300"));
        acme.at("2026-11-22T10:06:00Z");
        assertThat(acme.silence()).containsExactly("knowledge.late alertmanager");
        check("alertmanager/Disk", "ok", within("0"));
        assertThat(acme.silence()).containsExactly("knowledge.refreshed alertmanager");
        acme.at("2028-11-22T10:00:00Z");
        assertThat(acme.silence()).isEmpty();
        speakAgain();
    }

    /** When the watch looks next is no word of the record: whoever speaks sets it anew, as a rebuild does. */
    private void speakAgain() {
        acme.at("2028-11-22T11:00:00Z");
        for (String element : new String[] {"web-1", "web-2"})
            for (String source : new String[] {"checks/disk", "checks/load", "icinga/disk", "alertmanager/Disk"})
                check(acme.ansible, element, source, "warning", within("600"));
    }
}
