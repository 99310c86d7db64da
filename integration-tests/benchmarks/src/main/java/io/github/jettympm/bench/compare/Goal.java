package io.github.jettympm.bench.compare;

import java.util.Optional;

/**
 * A promise of the project's, as a ratio to the stock connector (or to another server).
 *
 * @param workload name
 * @param subject who has to keep it
 * @param baseline whom it is compared with
 * @param bound the ratio
 * @param atLeast whether a larger ratio is better
 */
public record Goal(String workload, String subject, String baseline, Metric metric, double bound, boolean atLeast) {
    /** Whether it was kept. */
    public enum Verdict {
        PASSED,
        /** Missed by less than the noise of the run. */
        WITHIN_NOISE,
        FAILED,
        NOT_MEASURED
    }

    /** Judges by the median of the paired ratios. */
    public Verdict judge(Optional<Spread> ratio, double noise) {
        if (ratio.isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        double median = ratio.get().median();
        if (atLeast ? median >= bound : median <= bound) {
            return Verdict.PASSED;
        }
        boolean near = atLeast ? median * (1 + noise) >= bound : median / (1 + noise) <= bound;
        return near ? Verdict.WITHIN_NOISE : Verdict.FAILED;
    }

    /** The goal in words. */
    public String text() {
        return "%s %s %s %s x %s".formatted(subject, metric.label(), atLeast ? "at least" : "at most", bound, baseline);
    }
}
