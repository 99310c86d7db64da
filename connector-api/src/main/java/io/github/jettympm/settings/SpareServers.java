package io.github.jettympm.settings;

import java.time.Duration;

/**
 * The children that wait for a connection, and those that a pool begins with. A number of {@value #DEFAULT} stands for
 * its default.
 *
 * @param start children to begin with (httpd's {@code StartServers})
 * @param min idle children at the least (httpd's {@code MinSpareServers}); more are started when fewer are idle
 * @param max idle children at the most (httpd's {@code MaxSpareServers}); one of them ends each second when more are idle
 * @param idleTimeout how long a child may be idle that was started on demand (php-fpm's {@code pm.process_idle_timeout})
 */
public record SpareServers(int start, int min, int max, Duration idleTimeout) {
    /** In place of a number: httpd's default, as far as it fits the other numbers. */
    public static final int DEFAULT = -1;

    // As in httpd's prefork.c.
    private static final int START = 5;
    private static final int MIN = 5;
    private static final int MAX = 10;

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    /** httpd's defaults, and that of php-fpm for the idle timeout. */
    public static final SpareServers DEFAULTS = new SpareServers(DEFAULT, DEFAULT, DEFAULT, Duration.ofSeconds(10));

    void check(String prefix, int maxRequestWorkers) {
        require(prefix + ".startServers", start, maxRequestWorkers);
        require(prefix + ".minSpareServers", min, maxRequestWorkers);
        if (max != DEFAULT) {
            Ranges.require(prefix + ".maxSpareServers", max, Math.max(1, min), maxRequestWorkers);
        }
        Ranges.require(prefix + ".processIdleTimeout", idleTimeout.toMillis(), 1, MOST_MILLIS);
    }

    private static void require(String property, int value, int most) {
        if (value != DEFAULT) {
            Ranges.require(property, value, 1, most);
        }
    }

    SpareServers resolve(int maxRequestWorkers) {
        int least = min == DEFAULT ? Math.min(MIN, max == DEFAULT ? maxRequestWorkers : max) : min;
        return new SpareServers(
                start == DEFAULT ? Math.min(START, maxRequestWorkers) : start,
                Math.min(least, maxRequestWorkers),
                max == DEFAULT ? Math.min(Math.max(MAX, least), maxRequestWorkers) : max,
                idleTimeout);
    }
}
