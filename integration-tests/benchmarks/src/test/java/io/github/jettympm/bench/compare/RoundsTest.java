package io.github.jettympm.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.measure.Usage;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();

    private static Sample sample(long requests) {
        return new Sample(new LoadResult(requests, 1, 1, 2, 3, ""), new Usage(Set.of(1L), 50, 10, 30, 20));
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        rounds.add("stock", sample(100));
        rounds.add("event", sample(200));
        rounds.add("stock", sample(50));
        rounds.add("event", sample(150));
        rounds.add("stock", sample(400));
        rounds.add("event", sample(400));

        assertEquals(Optional.of(new Spread(2, 1, 3)), rounds.ratio("event", "stock", Metric.RATE));
    }

    @Test
    void aRoundThatWasThrownOutHasNoPair() {
        rounds.add("stock", sample(100));
        rounds.add("event", null);
        rounds.add("stock", sample(100));
        rounds.add("event", sample(300));

        assertEquals(Optional.of(new Spread(3, 3, 3)), rounds.ratio("event", "stock", Metric.RATE));
        assertEquals(1, rounds.thrownOut("event"));
    }

    @Test
    void whatWasNeverMeasuredHasNoRatio() {
        rounds.add("stock", sample(100));

        assertTrue(rounds.ratio("event", "stock", Metric.RATE).isEmpty());
        assertTrue(rounds.spread("event", Sample::cpuPerRequest).isEmpty());
    }

    @Test
    void noiseIsTheTypicalDistanceFromOneInEitherDirection() {
        rounds.add("stock", sample(100));
        rounds.add("stock again", sample(125));
        rounds.add("stock", sample(125));
        rounds.add("stock again", sample(100));

        assertEquals(0.25, rounds.noise("stock again", "stock", Metric.RATE).orElseThrow(), 1e-9);
    }

    @Test
    void processorTimeAndSwitchesAreDividedByRequests() {
        assertEquals(5_000, sample(100).cpuPerRequest());
        assertEquals(0.5, sample(100).switchesPerRequest());
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
        assertEquals(new Spread(2.5, 1, 4), Spread.of(java.util.List.of(4.0, 1.0, 2.0, 3.0)));
    }
}
