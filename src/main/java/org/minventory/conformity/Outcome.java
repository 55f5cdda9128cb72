package org.minventory.conformity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Sayable;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.element.Attribute;
import org.minventory.element.Labels;
import org.minventory.element.Shown;

/**
 * What a comparison found. The sentence that says so is made when somebody asks for it: most comparisons of a busy intake
 * agree and are never read.
 */
public final class Outcome {
    private static final String SENTENCES = "org.minventory.conformity.sentences";

    private final Finding finding;
    private final Attribute attribute;
    private final Pair pair;
    private final Side expected;
    private final @Nullable Side seen;
    private final @Nullable Witnesses witnesses;

    Outcome(
            Finding finding,
            Attribute attribute,
            Pair pair,
            Side expected,
            @Nullable Side seen,
            @Nullable Witnesses witnesses) {
        this.finding = finding;
        this.attribute = attribute;
        this.pair = pair;
        this.expected = expected;
        this.seen = seen;
        this.witnesses = witnesses;
    }

    /** The names of those who contradict one another. */
    record Witnesses(String first, String second) {}

    public Verdict verdict() {
        return finding.verdict();
    }

    /** What was found, with its figures, to be said in the reader's language. */
    public Sentence sentence() {
        return Sentence.of(
                SENTENCES,
                key(),
                attribute.labels(),
                new Shown(attribute, expected.value()),
                seen == null ? "" : new Shown(attribute, seen.value()),
                finding.because() == null ? "" : Sentence.of(SENTENCES, "because." + finding.because()),
                witnesses == null ? "" : witnesses.first(),
                witnesses == null ? "" : witnesses.second(),
                new Subject(attribute.labels()));
    }

    /** The sentence of two elements that have at once what they may not: what the one has. */
    static Sentence clash(String nature, Attribute attribute, Side own) {
        return Sentence.of(SENTENCES, "clash." + nature, attribute.labels(), new Shown(attribute, own.value()));
    }

    /** The sentence of elements that are redundant and have something in common. */
    static Sentence sharing(String nature, Attribute attribute, Side own, Common common, Scope.Grant reader) {
        return Sentence.of(
                SENTENCES,
                "sharing." + nature,
                attribute.labels(),
                new Shown(attribute, own.value()),
                Common.said(common.with(), reader, SENTENCES),
                Common.said(common.carriers(), reader, SENTENCES));
    }

    /** The sentence of that attribute, else that of attributes that end like it, else the one for all. */
    private String key() {
        if (seen == null) {
            return "missing." + pair.word();
        }
        String general = finding.verdict().word() + (finding.because() == null ? "." : ".because.") + pair.word();
        String own = general + "." + attribute.name();
        if (Sentence.exists(SENTENCES, own)) {
            return own;
        }
        int dot = attribute.name().lastIndexOf('.');
        String family = dot < 0 ? general : general + ".*" + attribute.name().substring(dot);
        return Sentence.exists(SENTENCES, family) ? family : general;
    }

    /** What an attribute speaks of: PostgreSQL, for "PostgreSQL, version". */
    private record Subject(Labels label) implements Sayable {
        @Override
        public String in(Locale language) {
            String text = label.in(language);
            int comma = text.indexOf(',');
            return comma < 0 ? text : text.substring(0, comma);
        }
    }
}
