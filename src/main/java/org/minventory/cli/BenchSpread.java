package org.minventory.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What several repetitions measured. */
record BenchSpread(double median, double least, double most) {

    /** @param measured one figure per repetition, at least one */
    static BenchSpread of(List<Double> measured) {
        double[] sorted =
                measured.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new BenchSpread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** A percentile of unsorted figures; 0 where there is none. */
    static double percentile(long[] figures, double share) {
        if (figures.length == 0) return 0;
        long[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    /** {@code 1,234 [1,200–1,300] unit}. */
    String in(String unit) {
        return number(median) + " [" + number(least) + "–" + number(most) + "]" + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Three figures are enough for a bench, and more would be a lie. */
    static String number(double value) {
        double size = Math.abs(value);
        String shape = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, shape, value);
    }
}
