package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.SpareServers;

/** Decides how many children there are to be. Has no clock, thread, file or process of its own. */
interface PoolPolicy {
    /**
     * Plans the next step. Called by the heartbeat, at irregular times, some of them close together.
     *
     * @param pool the pool now
     * @param now {@link System#nanoTime()}
     */
    Plan plan(Snapshot pool, long now);

    /** Changes how many children are idle, where that is what decides; by default it is not. */
    default void spares(SpareServers spares) {
        // a fixed number, and children on demand, have no use for it
    }

    /** The policy for settings without defaults. */
    static PoolPolicy of(PoolSize size) {
        return switch (size.pm()) {
            case STATIC -> new FixedPool(size);
            case DYNAMIC -> new IdleMaintenance(size);
            case ONDEMAND -> new OnDemand(size);
        };
    }
}
