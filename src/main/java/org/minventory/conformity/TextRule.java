package org.minventory.conformity;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.minventory.element.Attribute;

/**
 * The same name, written otherwise: letters' case, punctuation and words that only one side adds do not count. "Dell
 * Inc." is "Dell", "Debian GNU/Linux" is "Debian"; "PowerEdge M630" is not "PowerEdge M640".
 */
final class TextRule implements Rule {
    /** Words that say nothing of which thing it is. */
    private static final Set<String> NOISE = Set.of(
            "r", "tm", "inc", "corp", "corporation", "co", "ltd", "llc", "gmbh", "sa", "sas", "gnu", "linux", "the");

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        String measure = expected.value().asString("");
        String found = seen.value().asString("");
        if (tokens(measure).isEmpty() || tokens(found).isEmpty()) {
            return Finding.unknown("vague");
        }
        return sameTokens(measure, found) ? Finding.agrees("text") : Finding.DIVERGES;
    }

    /** Whether one of two texts says nothing that the other does not say. */
    static boolean sameTokens(String left, String right) {
        Set<String> few = tokens(left);
        Set<String> many = tokens(right);
        return few.containsAll(many) || many.containsAll(few);
    }

    private static Set<String> tokens(String text) {
        Set<String> tokens = new LinkedHashSet<>();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                to++;
            }
            if (to > from) {
                String token = text.substring(from, to).toLowerCase(Locale.ROOT);
                if (!NOISE.contains(token)) {
                    tokens.add(token);
                }
            }
            from = to + 1;
        }
        return tokens;
    }
}
