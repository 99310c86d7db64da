package io.github.jettympm.settings;

import java.time.Duration;

/**
 * How many child processes a connector keeps and how they are started and ended.
 *
 * @param size how many
 * @param recycle when a child has served for long enough
 * @param requests how long a request may be served
 * @param startTimeout how long a child may take from its start until it is ready to serve
 * @param drainTimeout how long a child that is asked to end may go on with what it has begun (httpd's
 *     {@code GracefulShutdownTimeout}); then it is killed
 * @param launch what their processes are started with
 * @param scan whether they are restarted when applications change
 */
public record PoolSettings(
        PoolSize size,
        RecycleSettings recycle,
        RequestTimes requests,
        Duration startTimeout,
        Duration drainTimeout,
        LaunchSettings launch,
        ScanSettings scan) {
    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    // Checks the numbers.
    public PoolSettings {
        Ranges.require(size.prefix() + ".startTimeout", startTimeout.toMillis(), 1, MOST_MILLIS);
        requireDrainTimeout(size.prefix(), drainTimeout);
    }

    /**
     * Checks how long requests may go on when a child or a server is asked to end.
     *
     * @param prefix what the name of the property begins with
     * @param drainTimeout up to a day
     * @throws IllegalArgumentException if it is out of its range
     */
    public static void requireDrainTimeout(String prefix, Duration drainTimeout) {
        Ranges.require(prefix + ".drainTimeout", drainTimeout.toMillis(), 0, MOST_MILLIS);
    }

    /**
     * What the names of the properties begin with.
     *
     * @return the prefix, such as {@code jetty.prefork}
     */
    public String prefix() {
        return size.prefix();
    }

    /**
     * The same settings for another number of children.
     *
     * @param other how many
     * @return settings with that size
     */
    public PoolSettings with(PoolSize other) {
        return new PoolSettings(other, recycle, requests, startTimeout, drainTimeout, launch, scan);
    }
}
