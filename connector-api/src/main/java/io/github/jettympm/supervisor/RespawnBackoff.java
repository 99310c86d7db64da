package io.github.jettympm.supervisor;

import java.time.Duration;

/**
 * Decides how long to wait before the next child is started when children end before they were ever ready: 1, 2, 4, 8,
 * 16, 32 seconds, and no longer. Without it a configuration that cannot boot would keep a machine busy with booting
 * it. A child that becomes ready ends the waiting.
 */
final class RespawnBackoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private int failures;
    private long notBefore;

    /** A child ended before it was ready, at the given {@link System#nanoTime()}. */
    Duration failed(long now) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        notBefore = now + delay.toNanos();
        return delay;
    }

    /** A child became ready. */
    void ready() {
        failures = 0;
    }

    /** Whether a child may be started at the given {@link System#nanoTime()}. */
    boolean allows(long now) {
        return failures == 0 || now - notBefore >= 0;
    }
}
