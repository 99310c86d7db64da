package io.github.jettympm.supervisor;

import static io.github.jettympm.supervisor.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.SpareServers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixedPoolTest {
    private final FixedPool three =
            new FixedPool(Pools.size(ProcessManagement.STATIC, 3, SpareServers.DEFAULT, SpareServers.DEFAULT, -1));

    private void starts(int count, Snapshot pool) {
        assertEquals(Plan.start(count), three.plan(pool, 0));
    }

    @Test
    void pilotStartsAlone() {
        starts(1, pool(""));
        starts(0, pool("S"));
    }

    @Test
    void othersFollowWhenTheFirstIsReady() {
        starts(2, pool("_"));
        starts(2, pool("W"));
        starts(1, pool("_S"));
    }

    @Test
    void nothingIsMissingFromAFullPool() {
        starts(0, pool("_SW"));
    }

    @Test
    void childThatEndsIsReplacedAtOnce() {
        starts(1, pool("_SG"));
    }

    @Test
    void oneTriesAgainWhenAllHaveDied() {
        starts(1, pool("G"));
        starts(0, pool("GS"));
    }

    @Test
    void noMoreAreStartedThanThereAreSlots() {
        starts(1, new Snapshot(pool("_").children(), 1, 0));
    }

    @Test
    void limitIsReportedOnceWhenConnectionsWait() {
        assertEquals(Plan.NOTHING, three.plan(pool("WWW"), 0));
        assertEquals(Plan.NOTHING, three.plan(pool("WWS", 5), 0));

        assertEquals(
                Plan.limited(Optional.of("all children of jetty.test are busy: 3 children, 0 of them idle, 0 more that"
                        + " end, and 5 connections that wait; raise their number if there is memory for more")),
                three.plan(pool("WWW", 5), 0));
        assertEquals(Plan.limited(Optional.empty()), three.plan(pool("WWW", 5), 0));
    }

    @Test
    void oneTooManyEndsWhenItIsIdle() {
        assertEquals(Plan.NOTHING, three.plan(pool("WWWW"), 0));
        assertEquals(Plan.retire(2), three.plan(pool("WW_W"), 0));
    }

    @Test
    void standInIsNotOneTooMany() {
        starts(0, Pools.of(Pools.child(0, '_'), Pools.child(1, '_'), Pools.child(2, '_'), Pools.standIn(3, 'S')));
    }
}
