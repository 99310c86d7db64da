package io.github.jettympm.supervisor;

import java.time.Duration;

/**
 * Decides how many children may be started at a time: 1, and 2, 4, 8, 16, 32 in the seconds that follow as long as there
 * are too few, as httpd does ({@code perform_idle_server_maintenance} and {@code MAX_SPAWN_RATE} in prefork.c).
 */
final class SpawnRate {
    static final int MOST = 32;
    private static final long TICK = Duration.ofSeconds(1).toNanos();

    private int next = 1;
    private boolean ever;
    private long last;

    /** How many may be started now. */
    int allowed(long now) {
        return !ever || now - last >= TICK ? next : 0;
    }

    /** Some were started. */
    void started(long now) {
        ever = true;
        last = now;
        next = Math.min(MOST, 2 * next);
    }

    /** There are enough. */
    void enough(long now) {
        if (allowed(now) > 0) {
            next = 1;
        }
    }
}
