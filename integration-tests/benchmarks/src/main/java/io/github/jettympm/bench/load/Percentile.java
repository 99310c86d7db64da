package io.github.jettympm.bench.load;

/** The value below which a share of sorted values lies. */
public final class Percentile {
    private static final double PERCENT = 100;

    private Percentile() {}

    /**
     * The nearest-rank percentile.
     *
     * @param sorted values in rising order, at least one
     * @param percent 0 to 100
     */
    public static long of(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / PERCENT * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
