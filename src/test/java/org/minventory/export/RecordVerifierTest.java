package org.minventory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.export.RecordVerifier.Checkpoint;
import org.minventory.export.RecordVerifier.Fault;
import org.minventory.export.RecordVerifier.Verdict;
import org.minventory.intake.Acme;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;

/** Nobody rewrites the record silently: what was done to an export is found from the export alone. */
class RecordVerifierTest {
    private static final List<String> LINES = export();

    private static List<String> export() {
        try (Acme acme = new Acme()) {
            acme.tell(
                    acme.ops,
                    "{'kind':'wish','element':'web-1','facts':{'memory':'8 GiB','label':'caf\\u00e9 \\\"1\\\"'}}");
            for (int i = 0; i < 3; i++)
                acme.at("2026-11-22T10:0" + i + ":00Z")
                        .tell(acme.ansible, "{'kind':'survey','element':'web-1','facts':{'kernel':'6.1'}}");
            acme.tell(acme.ansible, "{'kind':'survey','element':'web-1','facts':{'kernel':'6.2'}}");
            acme.at("2026-11-22T10:10:00Z")
                    .tell(acme.ansible, "{'kind':'survey','element':'web-1','facts':{'kernel':'6.2'}}");
            for (int i = 0; i < 5; i++)
                acme.tell(acme.ops, "{'kind':'note','element':'web-1','note':'note %d\\nline \\u001f'}".formatted(i));
            return export(acme);
        }
    }

    private static List<String> export(Acme acme) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Customer customer = new Customer(acme.id, "acme", "Acme", Instant.EPOCH);
        acme.tx.longRead(Scope.whole(acme.id), db -> {
            RecordExport.write(db, customer, "1.0", Instant.parse("2026-11-22T11:00:00Z"), out);
            return 0;
        });
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Verdict verify(List<String> lines, Checkpoint... known) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return RecordVerifier.verify(new ByteArrayInputStream(bytes), known);
    }

    private static int line(long seq) {
        for (int i = 0; i < LINES.size(); i++)
            if (LINES.get(i).startsWith("{\"line\":\"entry\",\"seq\":" + seq + ",")) return i;
        throw new AssertionError("no entry " + seq);
    }

    @Test
    void whatWasExportedHolds() {
        Verdict verdict = verify(LINES);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.entries()).isEqualTo(9); // a wish, two surveys, the seal of the first, five notes
        assertThat(LINES.getFirst()).contains("\"entries\":9", "\"slug\":\"acme\"");
        assertThat(LINES.stream().filter(l -> l.contains("\"line\":\"hearing\"")))
                .hasSize(2);
        assertThat(LINES.getLast())
                .contains("\"line\":\"checkpoint\"", verdict.end().chain());
        assertThat(verify(LINES, verdict.end()).holds()).isTrue();
        assertThat(verify(LINES, new Checkpoint(4, chain(4)), new Checkpoint(7, chain(7)))
                        .holds())
                .isTrue();
    }

    private static String chain(long seq) {
        return Json.MAPPER.readTree(LINES.get(line(seq))).get("chain").stringValue();
    }

    @Test
    void anEmptyRecordHolds() {
        try (Acme acme = new Acme()) {
            Verdict verdict = verify(export(acme));
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.entries()).isZero();
        }
    }

    @Test
    void theLeavesAreTheTextThatWasHashedAndTellTheEntry() {
        try (Acme acme = new Acme()) {
            acme.tell(
                    acme.ops, "{'kind':'wish','element':'web-1','facts':{'memory':'8 GiB','n':1.50,'tags':['b','a']}}");
            String header =
                    Json.MAPPER.readTree(export(acme).get(1)).get("header").stringValue();
            String facts =
                    Json.MAPPER.readTree(export(acme).get(1)).get("facts").stringValue();
            Entry entry = acme.tx.read(Scope.whole(acme.id), db -> Testimonies.after(db, acme.id, 0, 1)
                    .getFirst());
            assertThat(facts).isEqualTo("{\"memory\":\"8 GiB\",\"n\":1.5,\"tags\":[\"b\",\"a\"]}");
            assertThat(header).contains(entry.id().toString());
        }
    }

    @Test
    void anEditIsFoundAtItsEntry() {
        for (String[] edit : new String[][] {
            {"note 1", "note 7"},
            {"\\\"kind\\\":\\\"note\\\"", "\\\"kind\\\":\\\"wish\\\""},
            {"noteSalt\":\"", "noteSalt\":\"AA"},
            {"\"chain\":\"", "\"chain\":\"00"},
            {"\"note\":", "\"nope\":"}
        }) {
            List<String> lines = new ArrayList<>(LINES);
            int at = line(6);
            String edited = lines.get(at).replace(edit[0], edit[1]);
            assertThat(edited).isNotEqualTo(lines.get(at));
            lines.set(at, edited);
            Verdict verdict = verify(lines);
            assertThat(verdict.fault()).as(edit[1]).isIn(Fault.BROKEN_LINK, Fault.UNREADABLE);
            assertThat(verdict.entries()).isEqualTo(5);
        }
    }

    @Test
    void aRemovalIsFound() {
        for (long seq = 1; seq < 9; seq++) {
            List<String> lines = new ArrayList<>(LINES);
            lines.remove(line(seq));
            Verdict verdict = verify(lines);
            assertThat(verdict.fault()).isEqualTo(Fault.OUT_OF_ORDER);
            assertThat(verdict.at()).isEqualTo(seq);
        }
    }

    @Test
    void aRemovalWithNewNumbersIsFound() {
        List<String> lines = new ArrayList<>(LINES);
        lines.remove(line(5));
        for (int seq = 6; seq <= 9; seq++) lines.replaceAll(renumber(seq, seq - 1));
        assertThat(verify(lines).fault()).isEqualTo(Fault.BROKEN_LINK);
        assertThat(verify(lines).at()).isEqualTo(5);
    }

    private static java.util.function.UnaryOperator<String> renumber(int from, int to) {
        return line -> line.replace("\"entry\",\"seq\":" + from + ",", "\"entry\",\"seq\":" + to + ",");
    }

    @Test
    void anAdditionIsFound() {
        List<String> lines = new ArrayList<>(LINES);
        lines.add(line(7), LINES.get(line(6)));
        assertThat(verify(lines).fault()).isEqualTo(Fault.OUT_OF_ORDER);
        List<String> atTheEnd = new ArrayList<>(LINES);
        atTheEnd.add(line(9) + 1, renumber(9, 10).apply(LINES.get(line(9))));
        assertThat(verify(atTheEnd).fault()).isEqualTo(Fault.BROKEN_LINK);
        List<String> behind = new ArrayList<>(LINES);
        behind.add(renumber(9, 10).apply(LINES.get(line(9))));
        assertThat(verify(behind).fault()).isEqualTo(Fault.MISPLACED);
    }

    @Test
    void aMoveIsFound() {
        List<String> lines = new ArrayList<>(LINES);
        Collections.swap(lines, line(6), line(7));
        assertThat(verify(lines).fault()).isEqualTo(Fault.OUT_OF_ORDER);
        assertThat(verify(lines).at()).isEqualTo(6);
        List<String> swapped = new ArrayList<>(LINES);
        swapped.set(line(6), renumber(7, 6).apply(LINES.get(line(7))));
        swapped.set(line(7), renumber(6, 7).apply(LINES.get(line(6))));
        assertThat(verify(swapped).fault()).isEqualTo(Fault.BROKEN_LINK);
        assertThat(verify(swapped).at()).isEqualTo(6);
    }

    @Test
    void aTruncationIsFound() {
        assertThat(verify(LINES.subList(0, line(9))).fault()).isEqualTo(Fault.CUT_OFF);
        assertThat(verify(LINES.subList(0, line(9))).at()).isEqualTo(9);
        List<String> closed = new ArrayList<>(LINES);
        closed.remove(line(9));
        assertThat(verify(closed).fault()).isEqualTo(Fault.WRONG_END);
        String half = LINES.get(line(9)).substring(0, 40);
        List<String> broken = new ArrayList<>(LINES.subList(0, line(9)));
        broken.add(half);
        assertThat(verify(broken).fault()).isEqualTo(Fault.UNREADABLE);
        assertThat(verify(List.of()).fault()).isEqualTo(Fault.NO_MANIFEST);
        // cut off and closed anew: only who kept a checkpoint finds it
        List<String> closedAnew = new ArrayList<>(LINES.subList(0, line(9)));
        closedAnew.add("{\"line\":\"checkpoint\",\"seq\":8,\"chain\":\"" + chain(8) + "\"}");
        assertThat(verify(closedAnew).holds()).isTrue();
        assertThat(verify(closedAnew, new Checkpoint(9, chain(9))).fault()).isEqualTo(Fault.OTHER_HISTORY);
        assertThat(verify(LINES, new Checkpoint(5, chain(6))).fault()).isEqualTo(Fault.OTHER_HISTORY);
    }

    @Test
    void anEntryOfAnotherCustomerIsFound() {
        try (Acme other = new Acme()) {
            other.tell(other.ops, "{'kind':'wish','element':'web-1'}");
            List<String> lines = new ArrayList<>(LINES);
            lines.set(line(1), export(other).get(1));
            assertThat(verify(lines).fault()).isEqualTo(Fault.BROKEN_LINK);
        }
    }

    @Test
    void whatIsNoExportIsToldSo() {
        assertThat(verify(List.of("hello")).fault()).isEqualTo(Fault.UNREADABLE);
        assertThat(verify(List.of("[]")).fault()).isEqualTo(Fault.UNREADABLE);
        assertThat(verify(List.of("{}")).fault()).isIn(Fault.NO_MANIFEST, Fault.UNREADABLE);
        List<String> later = new ArrayList<>(LINES);
        later.set(0, LINES.getFirst().replace("\"format\":1", "\"format\":2"));
        assertThat(verify(later).fault()).isEqualTo(Fault.NO_MANIFEST);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsASentenceInBothLanguages(Fault fault) {
        Verdict verdict = new Verdict(null, 1, fault, 2, null);
        assertThat(verdict.sentence().in(Locale.ENGLISH)).isNotBlank();
        assertThat(verdict.sentence().in(Locale.FRENCH))
                .isNotEqualTo(verdict.sentence().in(Locale.ENGLISH));
        assertThat(Sentence.exists(RecordVerifier.BUNDLE, "record-holds")).isTrue();
    }
}
