package org.minventory.project;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;

/** The facts of an act, read as what they have to be: they are words of the act, not attributes of an element. */
final class ActFacts {
    static final int LONGEST = 200;

    private static final String SAID = "org.minventory.project.said";

    private final Told told;

    ActFacts(Told told) {
        this.told = told;
    }

    /** Refuses what the act does not know. */
    void only(Set<String> names) {
        for (String fact : told.facts().keySet())
            if (!names.contains(fact))
                throw Refusal.at(
                        Problem.UNKNOWN_MEMBER,
                        "/facts/" + Json.escape(fact),
                        fact,
                        String.join(", ", new TreeSet<>(names)));
    }

    /** A text, or null where it is not told. */
    @Nullable
    String text(String fact) {
        return text(told.facts().get(fact), "/facts/" + fact);
    }

    static @Nullable String text(@Nullable JsonNode value, String pointer) {
        if (value == null || value.isNull()) return null;
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > LONGEST)
            throw Refusal.at(Problem.WRONG_TYPE, pointer, "text ≤ " + LONGEST);
        return value.stringValue();
    }

    /** One of these words. */
    <T> T word(String fact, T[] words, Function<T, String> word, @Nullable T otherwise) {
        String said = text(fact);
        if (said == null && otherwise != null) return otherwise;
        if (said == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/" + fact, fact);
        Map<String, T> byWord = Arrays.stream(words).collect(Collectors.toMap(word, Function.identity()));
        T read = byWord.get(said);
        if (read == null)
            throw Refusal.at(Problem.WRONG_TYPE, "/facts/" + fact, String.join(", ", new TreeSet<>(byWord.keySet())));
        return read;
    }

    /** Whether the act has words beside its facts. */
    boolean hasNote() {
        return told.note() != null && !told.note().isBlank();
    }

    /** A refusal with a sentence of this room. */
    static Refusal refused(Problem problem, String pointer, String sentence) {
        return Refusal.at(problem, pointer, Sentence.of(SAID, sentence));
    }
}
