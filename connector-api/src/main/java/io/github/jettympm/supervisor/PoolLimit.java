package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import java.util.Optional;

/** Decides whether more children are possible, and says so once if they are not, as httpd does. */
final class PoolLimit {
    private final PoolSize size;
    private boolean reported;

    PoolLimit(PoolSize size) {
        this.size = size;
    }

    /** How many more there may be. */
    int room(Snapshot pool) {
        return Math.max(0, Math.min(size.maxRequestWorkers() - pool.serving(), pool.freeSlots()));
    }

    /** What to tell the operator the first time that there is no room. */
    Optional<String> report(Snapshot pool) {
        if (reported) {
            return Optional.empty();
        }
        reported = true;
        String threads = size.threads().isEmpty()
                ? ""
                : " with " + pool.spareThreads(size.threadsPerChild()) + " idle threads of " + size.threadsPerChild()
                        + " in each";
        String numbers = pool.serving() + " children" + threads + ", " + pool.spare() + " of them idle, "
                + pool.ending() + " more that end, and " + pool.waiting() + " connections that wait";
        return Optional.of(
                pool.serving() >= size.maxRequestWorkers()
                        ? "there are as many children as " + size.prefix() + ".maxRequestWorkers="
                                + size.maxRequestWorkers() * size.threadsPerChild() + " allows: " + numbers
                                + "; raise it if there is memory for more"
                        : "there are as many processes as " + size.prefix() + ".serverLimit=" + size.serverLimit()
                                + " allows: " + numbers + "; raise it, or lower " + size.prefix() + ".drainTimeout");
    }
}
