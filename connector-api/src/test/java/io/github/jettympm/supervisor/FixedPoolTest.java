package io.github.jettympm.supervisor;

import static io.github.jettympm.scoreboard.SlotState.DRAINING;
import static io.github.jettympm.scoreboard.SlotState.OPEN;
import static io.github.jettympm.scoreboard.SlotState.READY;
import static io.github.jettympm.scoreboard.SlotState.STARTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixedPoolTest {
    @Test
    void pilotStartsAlone() {
        assertEquals(List.of(0), FixedPool.plan(List.of(OPEN, OPEN, OPEN)));
        assertEquals(List.of(), FixedPool.plan(List.of(STARTING, OPEN, OPEN)));
    }

    @Test
    void othersFollowWhenTheFirstIsReady() {
        assertEquals(List.of(1, 2), FixedPool.plan(List.of(READY, OPEN, OPEN)));
        assertEquals(List.of(2), FixedPool.plan(List.of(READY, STARTING, OPEN)));
    }

    @Test
    void nothingIsMissingFromAFullPool() {
        assertEquals(List.of(), FixedPool.plan(List.of(READY, STARTING, DRAINING)));
    }

    @Test
    void oneTriesAgainWhenAllHaveDied() {
        assertEquals(List.of(0), FixedPool.plan(List.of(OPEN, OPEN)));
        assertEquals(List.of(1), FixedPool.plan(List.of(DRAINING, OPEN, OPEN)));
    }
}
