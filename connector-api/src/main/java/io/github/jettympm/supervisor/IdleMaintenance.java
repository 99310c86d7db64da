package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.SpareServers;
import java.time.Duration;

/**
 * Decides how many children to start or to end so that enough but not too many of them are idle, as httpd does ({@code
 * perform_idle_server_maintenance} in prefork.c): fewer than {@code minSpareServers}, and 1, 2, 4 ... 32 are started in
 * a second; more than {@code maxSpareServers}, and one ends in a second. A child that starts counts as idle, or each
 * second of its start would start another.
 *
 * <p>With {@code threads} it counts them in place of children, as httpd's worker and event do ({@code minSpareThreads},
 * {@code maxSpareThreads}). A child that serves many requests at once takes some time to end; so no second one is asked to
 * end meanwhile, or after a peak the slots would be full of them.
 *
 * <p>Two things are not httpd's, since a virtual machine starts in seconds and not in a millisecond: no more are started
 * than are missing, and connections that wait count as missing.
 */
final class IdleMaintenance implements PoolPolicy {
    private static final long TICK = Duration.ofSeconds(1).toNanos();

    private PoolSize size;
    private final PoolLimit limit;
    private final SpawnRate rate = new SpawnRate();
    private int toBeginWith;
    private boolean everRetired;
    private long lastRetired;

    IdleMaintenance(PoolSize size) {
        this.size = size;
        this.limit = new PoolLimit(size);
        this.toBeginWith = size.spares().start();
    }

    @Override
    public void spares(SpareServers others) {
        size = size.with(others);
    }

    @Override
    public Plan plan(Snapshot pool, long now) {
        if (pool.serving() < toBeginWith) {
            return begin(pool);
        }
        toBeginWith = 0;
        int spare = pool.spareThreads(size.threadsPerChild());
        int missing = size.minSpare() + pool.pressure() - spare;
        if (missing > 0) {
            return grow(pool, childrenFor(missing), now);
        }
        rate.enough(now);
        return spare > size.maxSpare() ? shrink(pool, now) : Plan.NOTHING;
    }

    private int childrenFor(int requests) {
        return (requests + size.threadsPerChild() - 1) / size.threadsPerChild();
    }

    /** The pilot alone, then all others at once. */
    private Plan begin(Snapshot pool) {
        int start = pool.pilotFirst(toBeginWith - pool.serving());
        if (start + pool.serving() >= toBeginWith) {
            toBeginWith = 0;
        }
        return Plan.start(start);
    }

    private Plan grow(Snapshot pool, int missing, long now) {
        int room = limit.room(pool);
        if (room == 0) {
            return Plan.limited(limit.report(pool));
        }
        int start = pool.pilotFirst(Math.min(Math.min(missing, room), rate.allowed(now)));
        if (start > 0) {
            rate.started(now);
        }
        return Plan.start(start);
    }

    private Plan shrink(Snapshot pool, long now) {
        boolean wait = size.threads().isPresent() && pool.ending() > 0;
        if (wait || everRetired && now - lastRetired < TICK) {
            return Plan.NOTHING;
        }
        everRetired = true;
        lastRetired = now;
        return pool.leastNeeded().map(Plan::retire).orElse(Plan.NOTHING);
    }
}
