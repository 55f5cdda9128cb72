package org.minventory.integration.exports;

import java.util.Arrays;
import java.util.List;
import org.minventory.base.Word;

/** What there is under {@code /exports/}, for tests of all of it. */
public final class ExportWords {
    private ExportWords() {}

    public static List<String> all() {
        return Arrays.stream(Export.values()).map(Word::of).toList();
    }
}
