package org.minventory.party;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;

/** What people may be called: short names for addresses of the API, long names for eyes. */
final class Words {
    private static final String BUNDLE = "org.minventory.party.words";
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,255}");
    private static final int LONGEST_LABEL = 200;

    private Words() {}

    static Sentence say(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments);
    }

    /** The short name, or {@link Problem#UNFIT_NAME}. One that looks like an identifier would be taken for one. */
    static String slug(String text, String pointer) {
        if (!SLUG.matcher(text).matches() || org.minventory.base.Ids.parse(text) != null)
            throw Refusal.at(Problem.UNFIT_NAME, pointer, text);
        return text;
    }

    /** The short names, each at its place. */
    static List<String> slugs(List<String> texts, String pointer) {
        if (texts.isEmpty()) throw Refusal.at(Problem.UNFIT_VALUE, pointer, say("empty-list"));
        for (int i = 0; i < texts.size(); i++) slug(texts.get(i), pointer + "/" + i);
        return texts.stream().distinct().sorted().toList();
    }

    /** A name for eyes: something visible, no line break, not endless. */
    static String label(String text, String pointer) {
        String trimmed = text.strip();
        boolean unfit = trimmed.isEmpty()
                || trimmed.length() > LONGEST_LABEL
                || trimmed.codePoints().anyMatch(Character::isISOControl);
        if (unfit) throw Refusal.at(Problem.UNFIT_VALUE, pointer, say("unfit-label", LONGEST_LABEL));
        return trimmed;
    }

    /** A mail address, checked no further than a mail server would forgive. */
    static @Nullable String email(@Nullable String text, String pointer) {
        if (text == null || EMAIL.matcher(text).matches()) return text;
        throw Refusal.at(Problem.UNFIT_VALUE, pointer, say("unfit-email"));
    }
}
