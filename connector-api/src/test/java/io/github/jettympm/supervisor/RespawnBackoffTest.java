package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RespawnBackoffTest {
    private final RespawnBackoff backoff = new RespawnBackoff();

    private static long second(long second) {
        return Duration.ofSeconds(second).toNanos();
    }

    @Test
    void firstChildIsStartedAtOnce() {
        assertTrue(backoff.allows(Long.MIN_VALUE));
    }

    @Test
    void waitingDoublesUpToHalfAMinute() {
        List<Long> waits = LongStream.range(0, 8)
                .mapToObj(i -> backoff.failed(0).toSeconds())
                .toList();

        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 32L, 32L), waits);
    }

    @Test
    void nextChildWaitsForItsTime() {
        backoff.failed(second(10));

        assertFalse(backoff.allows(second(11) - 1));
        assertTrue(backoff.allows(second(11)));
    }

    @Test
    void childThatBecomesReadyEndsTheWaiting() {
        backoff.failed(0);
        backoff.failed(0);

        backoff.ready();

        assertTrue(backoff.allows(0));
        assertEquals(1, backoff.failed(0).toSeconds());
    }

    @Test
    void someFailuresInARowAreForgiven() {
        RespawnBackoff forgiving = new RespawnBackoff(2);

        List<Long> waits = LongStream.range(0, 4)
                .mapToObj(i -> forgiving.failed(0).toSeconds())
                .toList();

        assertEquals(List.of(0L, 0L, 1L, 2L), waits);
        assertFalse(forgiving.allows(0));
        forgiving.ready();
        assertEquals(0, forgiving.failed(0).toSeconds());
        assertTrue(forgiving.allows(0));
    }

    @Test
    void childrenThatWereStartedBeforeTheLastFailureDidNotFailInARow() {
        assertEquals(1, backoff.failed(second(1), second(10)).toSeconds());
        assertEquals(Duration.ofMillis(500), backoff.failed(second(2), second(10) + second(1) / 2));
        assertEquals(Duration.ZERO, backoff.failed(second(10), second(12)));
        assertTrue(backoff.allows(second(12)));

        assertEquals(2, backoff.failed(second(11), second(13)).toSeconds());
        backoff.ready();
        assertEquals(1, backoff.failed(second(1), second(14)).toSeconds());
    }

    @Test
    void clockMayOverflowBetweenAFailureAndTheNextStart() {
        backoff.failed(Long.MAX_VALUE - second(2), Long.MAX_VALUE - second(1));

        assertEquals(
                2, backoff.failed(Long.MIN_VALUE, Long.MIN_VALUE + second(1)).toSeconds());
    }

    @Test
    void clockMayOverflow() {
        long almost = Long.MAX_VALUE - second(1) / 2;

        backoff.failed(almost);

        assertFalse(backoff.allows(almost));
        assertFalse(backoff.allows(almost + second(1) - 1));
        assertTrue(backoff.allows(almost + second(1)));
    }
}
