package org.minventory.notification.channel;

import java.util.Locale;
import org.minventory.base.Languages;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.base.Typography;

/** The sentences that channels share. */
public final class Said {
    static final String BUNDLE = "org.minventory.notification.channel.said";

    private Said() {}

    /** A sentence, to be said in the reader's language. */
    public static Sentence of(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments);
    }

    /** A sentence as it is set in that language. */
    public static String in(Locale language, String key, Object... arguments) {
        Locale said = Languages.nearest(language);
        return Typography.set(of(key, arguments).in(said), said);
    }

    /** What is wrong with one of a channel's settings. */
    public static Refusal unfit(String field, String key, Object... arguments) {
        return Refusal.at(Problem.UNFIT_VALUE, "/channel/" + field, of(key, arguments));
    }
}
