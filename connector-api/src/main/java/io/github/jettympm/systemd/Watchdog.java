package io.github.jettympm.systemd;

import java.time.Duration;

/**
 * Decides whether a watchdog may be told that the process lives: only while each heartbeat of it was seen lately. So one
 * that is stuck makes the service manager start the process anew.
 */
public final class Watchdog {
    /** Twice what a beat may take that starts a process and clears up after others on a busy machine. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final Duration period;
    private final Duration tolerance;

    /**
     * Makes a decider.
     *
     * @param timeout within which time the service manager wants to hear of the process
     */
    public Watchdog(Duration timeout) {
        this.period = timeout.dividedBy(2);
        this.tolerance = period.compareTo(LEAST) > 0 ? period : LEAST;
    }

    /**
     * How often to tell it.
     *
     * @return half of the timeout, as sd_watchdog_enabled(3) recommends
     */
    public Duration period() {
        return period;
    }

    /**
     * Whether to tell it.
     *
     * @param sinceHeartbeat how long ago the last beat was, of several heartbeats the one that is longest ago
     * @return false if that is longer than the period, or than 5 seconds if those are more
     */
    public boolean allows(Duration sinceHeartbeat) {
        return sinceHeartbeat.compareTo(tolerance) <= 0;
    }
}
