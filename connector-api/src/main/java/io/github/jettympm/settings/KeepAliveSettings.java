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
}
