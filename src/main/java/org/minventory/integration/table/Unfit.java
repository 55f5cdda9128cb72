package org.minventory.integration.table;

import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;

/** What cannot be read of a table, as sentences. */
final class Unfit {
    private static final String SAID = "org.minventory.integration.table.said";

    private Unfit() {}

    /** Of the table as a whole. */
    static Refusal document(String sentence, Object... arguments) {
        return Refusal.of(Problem.UNREADABLE_DOCUMENT, Sentence.of(SAID, sentence, arguments));
    }

    /** Of one line. */
    static Refusal line(String sentence, Object... arguments) {
        return Refusal.of(Problem.UNFIT_VALUE, Sentence.of(SAID, sentence, arguments));
    }

    /** Of one cell, named by its column. */
    static Refusal cell(Column column, String sentence, Object... arguments) {
        return Refusal.at(Problem.UNFIT_VALUE, column.heading(), Sentence.of(SAID, sentence, arguments));
    }

    /** Of a query parameter. */
    static Refusal parameter(String name, String sentence, Object... arguments) {
        return Refusal.at(Problem.UNFIT_PARAMETER, name, name, Sentence.of(SAID, sentence, arguments));
    }
}
