package org.minventory.conformity;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.Phrases;
import org.minventory.element.Sentence;
import org.minventory.element.Word;

/**
 * What a comparison found. The sentence that says so is made when somebody asks for it: most comparisons of a busy intake
 * agree and are never read.
 */
public final class Outcome {
    private static final Phrases PHRASES = Phrases.beside(Outcome.class);

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
        Map<String, Word> words = new HashMap<>();
        words.put("label", attribute.labels());
        words.put("subject", new Subject(attribute.labels()));
        words.put("expected", Word.of(attribute, expected.value()));
        if (seen != null) {
            words.put("seen", Word.of(attribute, seen.value()));
        }
        if (witnesses != null) {
            words.put("first", Word.of(witnesses.first()));
            words.put("second", Word.of(witnesses.second()));
        }
        if (finding.because() != null) {
            words.put("because", new Sentence(PHRASES, "because." + finding.because(), Map.of())::in);
        }
        return new Sentence(PHRASES, key(), words);
    }

    /** The phrase of that attribute, else the phrase of attributes that end like it, else the one for all. */
    private String key() {
        if (seen == null) {
            return "missing." + pair.word();
        }
        String general = finding.verdict().word() + (finding.because() == null ? "." : ".because.") + pair.word();
        String own = general + "." + attribute.name();
        if (PHRASES.knows(own)) {
            return own;
        }
        int dot = attribute.name().lastIndexOf('.');
        String family = dot < 0 ? general : general + ".*" + attribute.name().substring(dot);
        return PHRASES.knows(family) ? family : general;
    }

    /** What an attribute speaks of: PostgreSQL, for "PostgreSQL, version". */
    private record Subject(Word label) implements Word {
        @Override
        public String in(Locale locale) {
            String text = label.in(locale);
            int comma = text.indexOf(',');
            return comma < 0 ? text : text.substring(0, comma);
        }
    }
}
