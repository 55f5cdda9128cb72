package org.minventory.element;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/** What the values of an attribute are. Closed: a new one needs a way to read it, to show it and to compare it. */
public sealed interface ValueType {

    /** Types that need nothing more to be said of them. */
    enum Simple implements ValueType {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        DATE,
        INSTANT,
        MONEY,
        ADDRESS,
        RANGE,
        MAC,
        HOST_NAME,
        VERSION,
        NAME,
        REFERENCE;

        /** The word used in data files and in the API. */
        public String word() {
            return Word.of(this);
        }

        static @Nullable Simple of(String word) {
            for (Simple type : values()) {
                if (type.word().equals(word)) {
                    return type;
                }
            }
            return null;
        }
    }

    /** A number with a unit, kept in the dimension's own unit. */
    record Quantity(Dimension dimension) implements ValueType {}

    /**
     * One word of a list.
     *
     * @param open whether other words are kept too, in lower case
     */
    record Choice(List<Option> options, boolean open) implements ValueType {
        public Choice {
            options = List.copyOf(options);
        }

        @Nullable
        Option option(String told) {
            for (Option option : options) {
                if (option.means(told)) {
                    return option;
                }
            }
            return null;
        }
    }

    /**
     * One word of a choice.
     *
     * @param value as it is kept
     * @param synonyms other words that tools use for it
     */
    record Option(String value, Labels labels, List<String> synonyms) {
        public Option {
            synonyms = List.copyOf(synonyms);
        }

        boolean means(String told) {
            if (value.equalsIgnoreCase(told)) {
                return true;
            }
            for (String synonym : synonyms) {
                if (synonym.equalsIgnoreCase(told)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Several values of one type. */
    record ListOf(ValueType item) implements ValueType {}

    /**
     * A value made of named members. Members that are not named here are kept as told.
     *
     * @param summary the members shown where one line must do
     */
    record Members(Map<String, ValueType> types, List<String> summary) implements ValueType {
        public Members {
            types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
            summary = List.copyOf(summary);
        }
    }
}
