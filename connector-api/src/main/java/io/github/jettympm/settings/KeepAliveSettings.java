package io.github.jettympm.settings;

/**
 * What a client may expect of a connection that it keeps.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.worker}
 * @param keepAliveTimeout how long the connection may be without a request (httpd's {@code KeepAliveTimeout}), in
 *     milliseconds; -1 for as long as the idle timeout allows
 * @param maxKeepAliveRequests requests until the connection is closed (httpd's {@code MaxKeepAliveRequests}), 0 for any
 *     number
 * @param requestReadTimeout how long the client may take to send a request
 */
public record KeepAliveSettings(
        String prefix, long keepAliveTimeout, int maxKeepAliveRequests, RequestReadTimeout requestReadTimeout) {
    private static final long MOST_MILLIS = 86_400_000; // a day

    // Checks the numbers.
    public KeepAliveSettings {
        if (keepAliveTimeout != -1) {
            Ranges.require(prefix + ".keepAliveTimeout", keepAliveTimeout, 1, MOST_MILLIS);
        }
        Ranges.require(prefix + ".maxKeepAliveRequests", maxKeepAliveRequests, 0, Integer.MAX_VALUE);
    }

    /**
     * Whether there is a limit for the time between requests, apart from the idle timeout.
     *
     * @return false if the idle timeout is the only one
     */
    public boolean hasKeepAliveTimeout() {
        return keepAliveTimeout > 0;
    }

    /**
     * The same settings with a limit for the time between requests.
     *
     * @param idleTimeout milliseconds; what the limit is if there is none, 0 or less for a day
     * @return settings with {@link #hasKeepAliveTimeout()}
     */
    public KeepAliveSettings limitedTo(long idleTimeout) {
        if (hasKeepAliveTimeout()) {
            return this;
        }
        long limit = idleTimeout > 0 ? Math.min(idleTimeout, MOST_MILLIS) : MOST_MILLIS;
        return new KeepAliveSettings(prefix, limit, maxKeepAliveRequests, requestReadTimeout);
    }
}
