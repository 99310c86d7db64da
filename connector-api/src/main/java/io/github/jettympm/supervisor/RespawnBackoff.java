package io.github.jettympm.supervisor;

import java.time.Duration;

/**
 * Decides how long to wait before the next child is started when children fail one after the other: 1, 2, 4, 8, 16, 32
 * seconds, and no longer. Without it a configuration that cannot boot would keep a machine busy with booting it. A child
 * that does well ends the waiting.
 *
 * <p>Children that were started together and fail together are one failure: in a row is only one that was started after
 * another had failed.
 */
final class RespawnBackoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private final int forgiven;
    private int failures;
    private long lastFailure;
    private long notBefore;

    /** Waits after the first failure. */
    RespawnBackoff() {
        this(0);
    }

    /**
     * Waits only after some failures in a row.
     *
     * @param forgiven failures after which there is no waiting
     */
    RespawnBackoff(int forgiven) {
        this.forgiven = forgiven;
    }

    /**
     * A child failed.
     *
     * @param started when it was started, of {@link System#nanoTime()}
     * @param now when it failed
     * @return how long to wait from now on
     */
    Duration failed(long started, long now) {
        return failures > 0 && started - lastFailure <= 0 ? left(now) : failed(now);
    }

    private Duration left(long now) {
        return allows(now) ? Duration.ZERO : Duration.ofNanos(notBefore - now);
    }

    /** A child could not be started, at the given {@link System#nanoTime()}; how long to wait from now on. */
    Duration failed(long now) {
        failures++;
        lastFailure = now;
        if (failures <= forgiven) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - forgiven - 1, MOST_DOUBLINGS));
        notBefore = now + delay.toNanos();
        return delay;
    }

    /** A child did well. */
    void ready() {
        failures = 0;
    }

    /** Whether a child may be started at the given {@link System#nanoTime()}. */
    boolean allows(long now) {
        return failures <= forgiven || now - notBefore >= 0;
    }
}
