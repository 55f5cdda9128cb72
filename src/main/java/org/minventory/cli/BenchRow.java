package org.minventory.cli;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table: a work, what was measured of it and of its limit in the same run, and what design promises.
 *
 * @param why the ratio falls short or was not measured, where the bench itself can tell
 */
record BenchRow(
        String work,
        String ours,
        String limit,
        String promise,
        String measured,
        Verdict verdict,
        @Nullable String why) {

    enum Verdict {
        KEPT("kept"),
        FALLS_SHORT("**falls short**"),
        NOT_MEASURED("not measured"),
        /** Nothing is promised of it; it is told. */
        TOLD("–");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Verdict of(boolean kept) {
            return kept ? KEPT : FALLS_SHORT;
        }
    }

    static BenchRow judged(String work, String ours, String limit, String promise, String measured, boolean kept) {
        return new BenchRow(work, ours, limit, promise, measured, Verdict.of(kept), null);
    }

    static BenchRow told(String work, String ours, String limit, String measured) {
        return new BenchRow(work, ours, limit, "–", measured, Verdict.TOLD, null);
    }

    static BenchRow notMeasured(String work, String promise, String why) {
        return new BenchRow(work, "–", "–", promise, "–", Verdict.NOT_MEASURED, why);
    }

    String markdown() {
        return "| " + String.join(" | ", cell(work), cell(ours), cell(limit), cell(promise), cell(measured)) + " | "
                + verdict.word() + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ").strip();
    }
}
