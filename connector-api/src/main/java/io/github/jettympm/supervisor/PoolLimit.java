package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import java.util.Optional;

/**
 * Decides whether more children are possible, and says once what keeps them from it, as httpd does: that all are busy, that
 * as few threads are idle as there may be (only with threads), and that there is no slot left are three messages.
 */
final class PoolLimit {
    private final PoolSize size;
    private boolean allBusyReported;
    private boolean nearReported;
    private boolean slotsReported;

    PoolLimit(PoolSize size) {
        this.size = size;
    }

    /** How many more there may be. */
    int room(Snapshot pool) {
        return Math.max(0, Math.min(size.maxRequestWorkers() - pool.serving(), pool.freeSlots()));
    }

    /** What to tell the operator, the first time that there is no room for this reason. */
    Optional<String> report(Snapshot pool) {
        if (pool.serving() < size.maxRequestWorkers()) {
            Optional<String> slots = slotsReported
                    ? Optional.empty()
                    : Optional.of("there are as many processes as " + size.prefix() + ".serverLimit="
                            + size.serverLimit() + " allows: " + numbers(pool) + "; raise it, or lower " + size.prefix()
                            + ".drainTimeout");
            slotsReported = true;
            return slots;
        }
        return pool.spare() == 0 ? allBusy(pool) : near(pool);
    }

    private Optional<String> allBusy(Snapshot pool) {
        if (allBusyReported) {
            return Optional.empty();
        }
        allBusyReported = true;
        if (size.pm() == ProcessManagement.STATIC) {
            return Optional.of("all children of " + size.prefix() + " are busy: " + numbers(pool)
                    + "; raise their number if there is memory for more");
        }
        return Optional.of(asManyAsAllowed(pool));
    }

    /** Some children can take connections; with one request each that is what was asked for as soon as one is busy. */
    private Optional<String> near(Snapshot pool) {
        if (nearReported || size.threads().isEmpty()) {
            return Optional.empty();
        }
        nearReported = true;
        return Optional.of("fewer than " + size.prefix() + ".minSpareThreads=" + size.minSpare()
                + " threads are idle, and " + asManyAsAllowed(pool));
    }

    private String asManyAsAllowed(Snapshot pool) {
        return "there are as many children as " + size.prefix() + ".maxRequestWorkers="
                + size.maxRequestWorkers() * size.threadsPerChild() + " allows: " + numbers(pool)
                + "; raise it if there is memory for more";
    }

    private String numbers(Snapshot pool) {
        String threads = size.threads().isEmpty()
                ? ""
                : " with " + pool.spareThreads(size.threadsPerChild()) + " idle threads of " + size.threadsPerChild()
                        + " in each";
        return pool.serving() + " children" + threads + ", " + pool.spare() + " of them idle, " + pool.ending()
                + " more that end, and " + pool.waiting() + " connections that wait";
    }
}
