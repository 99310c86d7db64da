package io.github.jettympm.settings;

import java.time.Duration;

/**
 * When a child has served for long enough, so that another takes its place: against what leaks.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param maxConnections connections that a child takes (httpd's {@code MaxConnectionsPerChild}), 0 for any number
 * @param maxLifetime how long a child serves, zero for any time
 * @param maxRss resident memory of a child in megabytes, 0 for any amount
 * @param jitter by how much less each limit may be for a child, in percent, so that children that started together do not
 *     end together
 * @param atOnce how many children may start at a time to take the place of others
 */
public record RecycleSettings(
        String prefix, long maxConnections, Duration maxLifetime, long maxRss, int jitter, int atOnce) {
    private static final long MOST_MILLIS = Duration.ofDays(365).toMillis();
    private static final int MOST_JITTER = 90;

    /** In megabytes; a terabyte. */
    private static final long MOST_RSS = 1024 * 1024;

    // Checks the numbers.
    public RecycleSettings {
        Ranges.require(prefix + ".maxConnectionsPerChild", maxConnections, 0, Integer.MAX_VALUE);
        Ranges.require(prefix + ".maxChildLifetime", maxLifetime.toMillis(), 0, MOST_MILLIS);
        Ranges.require(prefix + ".maxChildRss", maxRss, 0, MOST_RSS);
        Ranges.require(prefix + ".recycleJitter", jitter, 0, MOST_JITTER);
        Ranges.require(prefix + ".recycleAtOnce", atOnce, 1, PoolSize.MOST_CHILDREN);
    }

    /**
     * Children serve for ever, and one at a time starts to take the place of another.
     *
     * @param prefix what the names of the properties begin with
     * @return the settings by default
     */
    public static RecycleSettings defaults(String prefix) {
        return new RecycleSettings(prefix, 0, Duration.ZERO, 0, 10, 1);
    }
}
