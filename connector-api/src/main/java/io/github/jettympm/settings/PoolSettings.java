package io.github.jettympm.settings;

import java.time.Duration;
import java.util.List;

/**
 * How many child processes a connector keeps and how they are started and ended.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param startServers how many children to keep (httpd's {@code StartServers}), 1 to {@value #MOST_CHILDREN}
 * @param startTimeout how long a child may take from its start until it is ready to serve
 * @param drainTimeout how long a child that is asked to end may go on with what it has begun (httpd's
 *     {@code GracefulShutdownTimeout}); then it is killed
 * @param jvmArgs options for the Java virtual machine of the children, after those of the parent
 */
public record PoolSettings(
        String prefix, int startServers, Duration startTimeout, Duration drainTimeout, List<String> jvmArgs) {
    /** As httpd's {@code ServerLimit} cannot exceed 200,000 (mpm_default.h), but each of ours is a virtual machine. */
    public static final int MOST_CHILDREN = 1_000;

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    // Checks the numbers.
    public PoolSettings {
        Ranges.require(prefix + ".startServers", startServers, 1, MOST_CHILDREN);
        Ranges.require(prefix + ".startTimeout", startTimeout.toMillis(), 1, MOST_MILLIS);
        Ranges.require(prefix + ".drainTimeout", drainTimeout.toMillis(), 0, MOST_MILLIS);
        jvmArgs = List.copyOf(jvmArgs);
    }
}
