package io.github.jettympm.supervisor;

import static io.github.jettympm.supervisor.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.settings.ProcessManagement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnDemandTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OnDemand onDemand = new OnDemand(Pools.size(ProcessManagement.ONDEMAND, 1, 1, 1, 6));

    private void prove() {
        onDemand.plan(pool("_"), 0);
    }

    private int started(String letters, int waiting, long now) {
        return onDemand.plan(pool(letters, waiting), now).start();
    }

    @Test
    void oneShowsThatTheApplicationsBoot() {
        assertEquals(1, started("", 0, 0));
        assertEquals(0, started("S", 9, 0));
    }

    @Test
    void noneIsStartedAsLongAsNoConnectionWaits() {
        prove();

        assertEquals(0, started("", 0, 0));
        assertEquals(0, started("_", 1, 0));
        assertEquals(1, started("", 1, 0));
        assertEquals(0, started("S", 1, SECOND));
    }

    @Test
    void oneForEachConnectionThatWaitsTwiceAsManyInEachSecond() {
        prove();

        assertEquals(1, started("", 9, 0));
        assertEquals(0, started("S", 9, SECOND / 2));
        assertEquals(2, started("S", 9, SECOND));
        assertEquals(3, started("SSS", 9, 2 * SECOND));
    }

    @Test
    void limitIsReported() {
        prove();

        assertEquals(1, onDemand.plan(pool("WWWWWW", 2), 0).report().stream().count());
        assertEquals(
                0, onDemand.plan(pool("WWWWWW", 2), SECOND).report().stream().count());
    }

    @Test
    void idleOnesEndWhenTheirTimeIsOver() {
        Snapshot pool = Pools.of(Pools.idleFor(0, 9), Pools.idleFor(1, 10), Pools.child(2, 'W'), Pools.idleFor(3, 11));

        assertEquals(List.of(1, 3), onDemand.plan(pool, 0).retire());
    }
}
