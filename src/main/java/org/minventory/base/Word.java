package org.minventory.base;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words by which constants are written in the API and the database: small letters, and dashes between them. */
public final class Word {
    private static final ClassValue<String[]> WRITTEN = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toArray(String[]::new);
        }
    };

    private static final ClassValue<Map<String, Object>> READ = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .collect(Collectors.toUnmodifiableMap(constant -> of((Enum<?>) constant), Function.identity()));
        }
    };

    private Word() {}

    /** The word of a constant. */
    public static String of(Enum<?> constant) {
        return WRITTEN.get(constant.getDeclaringClass())[constant.ordinal()];
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static <E extends Enum<E>> E read(Class<E> type, String word) {
        Object constant = READ.get(type).get(word);
        if (constant == null) throw new IllegalArgumentException("no " + type.getSimpleName() + " is called " + word);
        return type.cast(constant);
    }
}
