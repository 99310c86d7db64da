package io.github.jettympm.settings;

import java.time.Duration;

/**
 * How long a request may be served by a child, as php-fpm's {@code request_slowlog_timeout} and {@code
 * request_terminate_timeout}, and how long a child may wait for one while others wait for a child.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param slow after which time the stack of its thread is logged, zero for never
 * @param terminate after which time its child is ended, zero for never
 * @param pressed after which time without a request a kept-alive connection is ended if others wait and no child is idle;
 *     negative for never
 */
public record RequestTimes(String prefix, Duration slow, Duration terminate, Duration pressed) {
    /** A client that goes on asks again within that time. */
    public static final Duration DEFAULT_PRESSED = Duration.ofMillis(250);

    /** In place of a time: others wait. */
    public static final Duration NEVER_PRESSED = Duration.ofMillis(-1);

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    // Checks the numbers.
    public RequestTimes {
        Ranges.require(prefix + ".slowRequestThreshold", slow.toMillis(), 0, MOST_MILLIS);
        Ranges.require(prefix + ".requestTerminateTimeout", terminate.toMillis(), 0, MOST_MILLIS);
        Ranges.require(prefix + ".keepAliveUnderPressure", pressed.toMillis(), -1, MOST_MILLIS);
    }

    /**
     * No limits.
     *
     * @param prefix what the names of the properties begin with
     * @return the settings by default
     */
    public static RequestTimes unlimited(String prefix) {
        return new RequestTimes(prefix, Duration.ZERO, Duration.ZERO, DEFAULT_PRESSED);
    }

    /**
     * Whether there is anything to look for.
     *
     * @return false if neither limit is set
     */
    public boolean isLimited() {
        return !slow.isZero() || !terminate.isZero();
    }
}
