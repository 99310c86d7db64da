package io.github.jettympm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
    private final long[] hundred = LongStream.rangeClosed(1, 100).toArray();

    @Test
    void isTheValueAtTheNearestRank() {
        assertEquals(50, Percentile.of(hundred, 50));
        assertEquals(99, Percentile.of(hundred, 99));
        assertEquals(100, Percentile.of(hundred, 99.9));
    }

    @Test
    void staysWithinTheValues() {
        assertEquals(1, Percentile.of(hundred, 0));
        assertEquals(100, Percentile.of(hundred, 100));
        assertEquals(7, Percentile.of(new long[] {7}, 99));
    }
}
