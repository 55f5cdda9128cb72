package org.minventory.base;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words by which constants are written in the API and the database: small letters, and dashes between them. */
public final class Word {
    private static final ClassValue<Map<Object, String>> WRITTEN = new ClassValue<>() {
        @Override
        protected Map<Object, String> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .collect(
                            Collectors.toUnmodifiableMap(Function.identity(), constant -> written((Enum<?>) constant)));
        }
    };

    private static final ClassValue<Map<String, Object>> READ = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .collect(
                            Collectors.toUnmodifiableMap(constant -> written((Enum<?>) constant), Function.identity()));
        }
    };

    private Word() {}

    /** The word of a constant. */
    public static String of(Enum<?> constant) {
        return Objects.requireNonNull(WRITTEN.get(constant.getDeclaringClass()).get(constant));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
