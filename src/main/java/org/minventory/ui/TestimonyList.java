package org.minventory.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.UnfitValue;
import org.minventory.export.Testified;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;

/** The testimonies of an element as lines, newest first; what was said again is one line, folded. */
final class TestimonyList {
    private static final int NAMED = 3;

    private final ElementReader.Looked looked;
    private final Words words;

    TestimonyList(ElementReader.Looked looked) {
        this.looked = looked;
        this.words = looked.words();
    }

    private record Timed(Instant at, ElementPage.Item item) {}

    ElementPage.Testimonies of(Testified.All testified) {
        List<Timed> lines = new ArrayList<>();
        for (Testified.One one : testified.newest()) {
            if (one.heard() > 1) lines.add(new Timed(one.lastAt(), same(one)));
            lines.add(new Timed(one.entry().witnessedAt(), item(one)));
        }
        lines.sort(Comparator.comparing(Timed::at).reversed());
        boolean more = testified.count() > testified.newest().size();
        String all = "/api/v1/elements/" + looked.row().element() + "/testimonies";
        return new ElementPage.Testimonies(
                counted(testified), lines.stream().map(Timed::item).toList(), more ? all : null);
    }

    private String counted(Testified.All testified) {
        if (testified.since() == null) return "";
        String count = words.number(testified.count());
        return words.say("timeline.counted", count, words.age(Duration.between(testified.since(), looked.now())));
    }

    private ElementPage.Item same(Testified.One one) {
        Entry entry = one.entry();
        String times = words.number(one.heard() - 1);
        String detail = words.say(
                "timeline.same-detail",
                one.witness(),
                times,
                words.exact(entry.witnessedAt()),
                words.exact(one.lastAt()));
        return new ElementPage.Item(
                when(one.lastAt()),
                true,
                "",
                words.say("timeline.same", times),
                "",
                detail,
                null,
                one.witness(),
                null,
                null,
                "",
                ElementReader.testimony(entry.id()));
    }

    private ElementPage.Item item(Testified.One one) {
        Entry entry = one.entry();
        boolean failed = "failed".equals(entry.facts().path("deployment.result").asString(""));
        return new ElementPage.Item(
                when(entry.witnessedAt()),
                false,
                one.withdrawnAt() != null ? "dont" : failed ? "bad" : words.tone(entry.kind()),
                words.kind(entry.kind()),
                said(one, failed),
                "",
                entry.note(),
                who(one),
                ElementReader.isLater(entry.recordedAt(), entry.witnessedAt())
                        ? words.say("timeline.recorded", words.exact(entry.recordedAt()))
                        : null,
                one.withdrawnAt() == null ? null : words.say("timeline.withdrawn", words.exact(one.withdrawnAt())),
                words.number(entry.seq()),
                ElementReader.testimony(entry.id()));
    }

    private Moment when(Instant at) {
        boolean today = Duration.between(at, looked.now()).compareTo(Duration.ofDays(1)) < 0;
        return today ? words.ago(at, looked.now()) : words.day(at, looked.now());
    }

    private String who(Testified.One one) {
        String role = one.role().isEmpty() ? "" : words.role(one.role());
        String who = role.isEmpty() ? one.witness() : words.say("timeline.who", one.witness(), role);
        String source = one.entry().source();
        return source.isEmpty() || source.equals(BY_HAND) ? who : words.say("timeline.through", who, source);
    }

    private static final String BY_HAND = Told.BY_HAND;

    /** What was said of all of its infrastructure says so. */
    private String said(Testified.One one, boolean failed) {
        String said = said(one.entry(), failed);
        if (one.infrastructure() == null) return said;
        String ofAll = words.say("timeline.of-all", one.infrastructure());
        return said.isEmpty() ? ofAll : ofAll + ", " + said;
    }

    /** Few facts are named with their values, many are counted. */
    private String said(Entry entry, boolean failed) {
        int count = entry.facts().size();
        Stance stance = entry.kind().stance();
        if (count == 0) return entry.complete() && stance != null ? words.say("timeline.nothing-there") : "";
        String facts = count > NAMED
                ? words.count("timeline.facts", count)
                : entry.facts().properties().stream().map(this::fact).collect(Collectors.joining(", "));
        return failed ? words.say("timeline.failed", facts) : facts;
    }

    private String fact(Map.Entry<String, JsonNode> fact) {
        if (fact.getValue().isNull()) return words.say("timeline.taken-back", looked.label(fact.getKey()));
        return words.say("timeline.fact", looked.label(fact.getKey()), display(fact.getKey(), fact.getValue()));
    }

    /** Facts stand in the record as they were told; a value that does not fit its definition any more is shown so. */
    private String display(String name, JsonNode told) {
        Attribute declared = looked.vocabulary().attribute(name);
        try {
            JsonNode value = looked.vocabulary().normalise(name, told).value();
            return Display.of(declared, value, words.language());
        } catch (UnfitValue unfit) {
            return Display.of(null, told, words.language());
        }
    }
}
