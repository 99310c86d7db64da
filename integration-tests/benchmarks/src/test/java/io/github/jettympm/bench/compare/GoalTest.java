package io.github.jettympm.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTest {
    private final Goal faster = new Goal("one", "event", "stock", Metric.RATE, 1.8, true);
    private final Goal cheaper = new Goal("one", "event", "stock", Metric.CPU, 0.6, false);

    private static Optional<Spread> median(double value) {
        return Optional.of(new Spread(value, value / 2, value * 2));
    }

    @Test
    void medianDecides() {
        assertEquals(Goal.Verdict.PASSED, faster.judge(median(1.8), 0));
        assertEquals(Goal.Verdict.FAILED, faster.judge(median(1.79), 0));
        assertEquals(Goal.Verdict.PASSED, cheaper.judge(median(0.6), 0));
        assertEquals(Goal.Verdict.FAILED, cheaper.judge(median(0.61), 0));
    }

    @Test
    void noiseForgivesAsMuchAsItMoves() {
        assertEquals(Goal.Verdict.WITHIN_NOISE, faster.judge(median(1.75), 0.05));
        assertEquals(Goal.Verdict.FAILED, faster.judge(median(1.7), 0.05));
        assertEquals(Goal.Verdict.WITHIN_NOISE, cheaper.judge(median(0.62), 0.05));
        assertEquals(Goal.Verdict.FAILED, cheaper.judge(median(0.64), 0.05));
    }

    @Test
    void whatWasNotMeasuredIsNotPassed() {
        assertEquals(Goal.Verdict.NOT_MEASURED, faster.judge(Optional.empty(), 1));
    }
}
