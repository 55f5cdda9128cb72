package org.minventory.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of one room, in English and in French, read once from {@code sentences_en.properties} and
 * {@code sentences_fr.properties} beside the class that says them. A phrase holds places such as <code>{seen}</code>;
 * named places, because a translator has to know what comes there, and no {@link java.text.MessageFormat}, because its
 * apostrophes are a trap in French.
 */
public final class Phrases {
    private final Map<String, String> english;
    private final Map<String, String> french;

    private Phrases(Map<String, String> english, Map<String, String> french) {
        this.english = Map.copyOf(english);
        this.french = Map.copyOf(french);
    }

    /** The phrases that lie in the same package as a class. */
    public static Phrases beside(Class<?> neighbour) {
        return new Phrases(read(neighbour, "sentences_en.properties"), read(neighbour, "sentences_fr.properties"));
    }

    static boolean isFrench(Locale locale) {
        return locale.getLanguage().equals("fr");
    }

    /** The keys known in that language: a test holds both languages to the same keys. */
    public Set<String> keys(Locale locale) {
        return in(locale).keySet();
    }

    public boolean knows(String key) {
        return english.containsKey(key);
    }

    /**
     * The phrase with its places filled. English is said to every reader who is not French.
     *
     * @throws IllegalArgumentException if nobody wrote that phrase
     */
    public String say(String key, Map<String, Word> words, Locale locale) {
        @Nullable String phrase = in(locale).get(key);
        if (phrase == null) {
            throw new IllegalArgumentException("No phrase is written for " + key);
        }
        return filled(phrase, words, locale);
    }

    private Map<String, String> in(Locale locale) {
        return isFrench(locale) ? french : english;
    }

    private static String filled(String phrase, Map<String, Word> words, Locale locale) {
        StringBuilder said = new StringBuilder(phrase.length() + 32);
        int at = 0;
        int opening = phrase.indexOf('{');
        while (opening >= 0) {
            int closing = endOfPlace(phrase, opening);
            if (closing > 0) {
                @Nullable Word word = words.get(phrase.substring(opening + 1, closing));
                said.append(phrase, at, opening).append(word == null ? "…" : word.in(locale));
                at = closing + 1;
            }
            opening = phrase.indexOf('{', opening + 1);
        }
        return said.append(phrase, at, phrase.length()).toString();
    }

    /** Where a place ends that begins there; 0 for a brace that is only a brace, as in an example of JSON. */
    private static int endOfPlace(String phrase, int opening) {
        int at = opening + 1;
        while (at < phrase.length() && phrase.charAt(at) >= 'a' && phrase.charAt(at) <= 'z') {
            at++;
        }
        return at > opening + 1 && at < phrase.length() && phrase.charAt(at) == '}' ? at : 0;
    }

    private static Map<String, String> read(Class<?> neighbour, String file) {
        try (@Nullable InputStream stream = neighbour.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("No " + file + " beside " + neighbour.getName());
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Map<String, String> phrases = new HashMap<>();
            properties.forEach((key, phrase) -> phrases.put((String) key, (String) phrase));
            return phrases;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
