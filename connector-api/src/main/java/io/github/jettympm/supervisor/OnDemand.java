package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import java.util.List;
import java.util.Optional;

/**
 * Decides when to start a child for connections that wait, and when one was idle for long enough, as php-fpm does ({@code
 * pm = ondemand}). One child starts with the pool, which shows that the applications boot.
 */
final class OnDemand implements PoolPolicy {
    private final PoolSize size;
    private final PoolLimit limit;
    private final SpawnRate rate = new SpawnRate();
    private boolean proven;

    OnDemand(PoolSize size) {
        this.size = size;
        this.limit = new PoolLimit(size);
    }

    @Override
    public Plan plan(Snapshot pool, long now) {
        proven |= pool.hasReady();
        if (!proven) {
            return Plan.start(pool.pilotFirst(1));
        }
        int missing = pool.pressure() - pool.starting();
        if (missing > 0) {
            return grow(pool, missing, now);
        }
        rate.enough(now);
        return new Plan(0, idleTooLong(pool), false, Optional.empty());
    }

    private Plan grow(Snapshot pool, int missing, long now) {
        int room = limit.room(pool);
        if (room == 0) {
            return Plan.limited(limit.report(pool));
        }
        int start = Math.min(Math.min(missing, room), rate.allowed(now));
        if (start > 0) {
            rate.started(now);
        }
        return Plan.start(start);
    }

    private List<Integer> idleTooLong(Snapshot pool) {
        return pool.children().stream()
                .filter(child -> child.phase() == Phase.IDLE)
                .filter(child -> child.idleFor().compareTo(size.spares().idleTimeout()) >= 0)
                .map(ChildView::slot)
                .toList();
    }
}
