package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Sampler;
import io.github.jettympm.scoreboard.Scoreboard;

/** Writes to the scoreboard what only the parent knows of the pool as a whole. Called by the heartbeat. */
final class PoolReport {
    private final Scoreboard scoreboard;
    private final Sampler sampler;
    private boolean limited;

    PoolReport(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
        this.sampler = new Sampler(scoreboard);
    }

    /** Adds to the history when it is time for that. */
    void sample(long now) {
        sampler.look(now, System.currentTimeMillis());
    }

    /**
     * Notes what came of a plan.
     *
     * @param limitReached whether a connection waits and no more children are allowed; counted once for as long as it lasts
     */
    void planned(boolean limitReached) {
        if (limitReached && !limited) {
            scoreboard.pool().limitReached();
        }
        limited = limitReached;
    }

    /** Counts a child whose place another has taken. */
    void replaced(ChildHandle child) {
        scoreboard.pool().recycled(child.outdatedBy());
    }
}
