package org.minventory.integration.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** What stands between the cells of a table: seen in its heading, or told in a first line {@code sep=;} as Excel writes it. */
final class Delimiter {
    private static final String KNOWN = ",;\t|";
    private static final String HINT = "sep=";
    private static final char QUOTE = '"';

    /** Characters of a heading, which tell enough however long it is. */
    private static final int LOOKED_AT = 8_000;

    private Delimiter() {}

    /** The one that stands most often in the first line that is not blank; a comma where there is none. */
    static char of(Sheet sheet) throws IOException {
        try (BufferedReader text = new BufferedReader(sheet.open())) {
            char[] first = new char[LOOKED_AT];
            int count = Math.max(0, text.read(first));
            String heading = new String(first, 0, count)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("");
            boolean isHint = heading.startsWith(HINT) && heading.length() > HINT.length();
            if (isHint && heading.charAt(HINT.length()) != QUOTE) return heading.charAt(HINT.length());
            char most = ',';
            for (int i = 0; i < KNOWN.length(); i++)
                if (count(heading, KNOWN.charAt(i)) > count(heading, most)) most = KNOWN.charAt(i);
            return most;
        }
    }

    /** Between quotes nothing is one. */
    private static long count(String heading, char delimiter) {
        boolean quoted = false;
        long count = 0;
        for (int i = 0; i < heading.length(); i++) {
            quoted ^= heading.charAt(i) == QUOTE;
            if (!quoted && heading.charAt(i) == delimiter) count++;
        }
        return count;
    }

    /** Whether this row is Excel's own. */
    static boolean isHint(List<String> cells) {
        return !cells.isEmpty()
                && cells.getFirst().startsWith(HINT)
                && cells.stream().skip(1).allMatch(String::isBlank);
    }
}
