package org.minventory.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/**
 * Which divergences. Values of one filter are alternatives; filters add up.
 *
 * @param element name or id
 */
public record DivergenceSelection(
        Which which,
        List<String> natures,
        @Nullable String attribute,
        @Nullable String element,
        List<String> infrastructures) {

    /** Which of them by what became of them. What was accepted until a day is open again on that day. */
    public enum Which {
        LIVING("open", "acknowledged", "accepted"),
        OPEN("open", "accepted"),
        ACKNOWLEDGED("acknowledged"),
        ACCEPTED("accepted"),
        RESOLVED("resolved"),
        ALL("open", "acknowledged", "accepted", "resolved");

        @SuppressWarnings("ImmutableEnumChecker") // a list that List.of made cannot change
        private final List<String> stored;

        Which(String... stored) {
            this.stored = List.of(stored);
        }

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }

        /** The states under which the database may keep these. */
        List<String> stored() {
            return stored;
        }
    }

    /** The inbox. */
    public static final DivergenceSelection INBOX =
            new DivergenceSelection(Which.LIVING, List.of(), null, null, List.of());
}
