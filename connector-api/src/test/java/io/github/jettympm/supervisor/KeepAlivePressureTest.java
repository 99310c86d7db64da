package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.supervisor.KeepAlivePressure.KeptAlive;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepAlivePressureTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long NOW = Long.MIN_VALUE + 9_000 * MILLI; // the clock has overflowed

    private final KeepAlivePressure pressure = new KeepAlivePressure(Duration.ofMillis(250));

    private static KeptAlive idle(int slot, long millis) {
        return new KeptAlive(slot, 7, NOW - millis * MILLI);
    }

    @Test
    void asManyEndAsWaitTheLongestIdleFirst() {
        var connections = List.of(idle(0, 1_000), idle(1, 9_500), idle(2, 8_000), idle(3, 300));

        assertEquals(List.of(idle(1, 9_500), idle(2, 8_000)), pressure.plan(connections, 2, NOW));
    }

    @Test
    void noneEndsIfNoneWaits() {
        assertEquals(List.of(), pressure.plan(List.of(idle(0, 1_000)), 0, NOW));
    }

    @Test
    void oneThatHadARequestJustNowIsLeftAlone() {
        assertEquals(List.of(), pressure.plan(List.of(idle(0, 249)), 9, NOW));
        assertEquals(List.of(idle(0, 250)), pressure.plan(List.of(idle(0, 250)), 9, NOW));
    }

    @Test
    void childrenHaveTimeToDoWhatTheyWereAskedTo() {
        var connections = List.of(idle(0, 1_000), idle(1, 2_000));
        assertEquals(List.of(idle(1, 2_000)), pressure.plan(connections, 1, NOW));

        assertEquals(List.of(), pressure.plan(List.of(idle(0, 1_000)), 1, NOW + 499 * MILLI));
        assertEquals(List.of(idle(0, 1_000)), pressure.plan(List.of(idle(0, 1_000)), 1, NOW + 500 * MILLI));
    }
}
