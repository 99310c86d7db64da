package io.github.jettympm.bench.compare;

import java.util.List;

/** Median, minimum and maximum of some values. */
public record Spread(double median, double min, double max) {
    /**
     * Of values in any order.
     *
     * @param values at least one
     */
    public static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
