package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;

/**
 * Decides how many children to start when their number is fixed: as many as are missing, at once. One too many, since a
 * child died whose stand-in was about to take its place, ends when it is idle.
 */
final class FixedPool implements PoolPolicy {
    private final int children;
    private final PoolLimit limit;

    FixedPool(PoolSize size) {
        this.children = size.maxRequestWorkers();
        this.limit = new PoolLimit(size);
    }

    @Override
    public Plan plan(Snapshot pool, long now) {
        if (pool.serving() > children) {
            return pool.leastNeeded().map(Plan::retire).orElse(Plan.NOTHING);
        }
        boolean full = pool.serving() == children && pool.starting() == 0;
        return full && pool.pressure() > 0
                ? Plan.limited(limit.report(pool))
                : Plan.start(pool.pilotFirst(children - pool.serving()));
    }
}
