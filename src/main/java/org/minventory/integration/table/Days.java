package org.minventory.integration.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** In which order a table writes days: where nobody says, what could be two of them is refused. */
enum Days {
    ISO,
    DMY,
    MDY;

    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})");

    /** The order of that word, or null. */
    static @Nullable Days of(String word) {
        return switch (word) {
            case "iso" -> ISO;
            case "dmy" -> DMY;
            case "mdy" -> MDY;
            default -> null;
        };
    }

    /**
     * The day as the record writes it; what is no day in numbers as it is.
     *
     * @throws org.minventory.base.Refusal where it could be two
     */
    String read(Column column, String told) {
        Matcher numbers = NUMBERS.matcher(told);
        if (!numbers.matches()) return told;
        String first = numbers.group(1);
        String second = numbers.group(2);
        return switch (this) {
            case ISO -> throw Unfit.cell(column, "which-date");
            case DMY -> date(numbers.group(3), second, first);
            case MDY -> date(numbers.group(3), first, second);
        };
    }

    private static String date(String year, String month, String day) {
        return "%s-%2s-%2s".formatted(year, month, day).replace(' ', '0');
    }
}
