package org.minventory.base;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Something to say to a person, kept apart from its language until it is said: a bundle, a key and what fills it.
 * Arguments that are sayable themselves (sentences, labels, values with units) are said in the same language.
 */
public record Sentence(String bundle, String key, List<Object> arguments) implements Sayable, Serializable {
    private static final String PROBLEMS = "org.minventory.base.problems";

    public Sentence {
        arguments = List.copyOf(arguments);
    }

    /** The sentence of a problem. */
    public static Sentence of(Problem problem, Object... arguments) {
        return new Sentence(PROBLEMS, problem.slug(), List.of(arguments));
    }

    /** A sentence of a room's own bundle, named by the class that says it. */
    public static Sentence of(String bundle, String key, Object... arguments) {
        return new Sentence(bundle, key, List.of(arguments));
    }

    /** Whether a room has a sentence of that key; a test holds both languages to the same keys. */
    public static boolean exists(String bundle, String key) {
        return ResourceBundle.getBundle(bundle, Locale.ENGLISH, Languages.CONTROL)
                .containsKey(key);
    }

    /** The sentence in that language: French or English. */
    @Override
    public String in(Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(bundle, Languages.nearest(language), Languages.CONTROL);
        try {
            return fill(texts.getString(key), language);
        } catch (MissingResourceException missing) {
            throw new IllegalStateException("No sentence " + key + " in " + bundle, missing);
        }
    }

    /** Only {@code {0}} to {@code {9}} are replaced: an apostrophe stays an apostrophe, and nothing is formatted by surprise. */
    private String fill(String pattern, Locale language) {
        int open = pattern.indexOf('{');
        if (open < 0) return pattern;
        StringBuilder said = new StringBuilder(pattern.length() + 32);
        int from = 0;
        for (; open >= 0; open = pattern.indexOf('{', from)) {
            int index = open + 2 < pattern.length() && pattern.charAt(open + 2) == '}'
                    ? pattern.charAt(open + 1) - '0'
                    : -1;
            boolean place = index >= 0 && index < arguments.size();
            said.append(pattern, from, open).append(place ? word(arguments.get(index), language) : "{");
            from = place ? open + 3 : open + 1;
            if (place && ends(said) && pattern.startsWith(".", from)) from++;
        }
        return said.append(pattern, from, pattern.length()).toString();
    }

    /** A sentence within a sentence: one full stop closes both. */
    private static boolean ends(StringBuilder said) {
        return !said.isEmpty() && said.charAt(said.length() - 1) == '.';
    }

    private static String word(Object argument, Locale language) {
        return argument instanceof Sayable sayable ? sayable.in(language) : argument.toString();
    }
}
