package io.github.jettympm.settings;

import java.net.InetSocketAddress;

/**
 * Where and how to listen.
 *
 * @param host address or name to bind to, null for all interfaces
 * @param port port to bind to, 0 for any free one
 * @param acceptQueueSize how many connections the kernel keeps waiting (httpd's {@code ListenBackLog}), 0 for 511,
 *     as in httpd
 * @param reuseAddress whether to set {@code SO_REUSEADDR}
 * @param reusePort whether to set {@code SO_REUSEPORT}
 */
public record ListenSettings(String host, int port, int acceptQueueSize, boolean reuseAddress, boolean reusePort) {
    private static final int MOST_PORT = 65_535;

    // Checks the numbers; the message of the exception names both the clear-text and the TLS property.
    public ListenSettings {
        Ranges.require("jetty.http.port or jetty.ssl.port", port, 0, MOST_PORT);
        Ranges.require(
                "jetty.http.acceptQueueSize or jetty.ssl.acceptQueueSize", acceptQueueSize, 0, Integer.MAX_VALUE);
    }

    /**
     * The address to bind to.
     *
     * @return the address; unresolved if the name is not known, which the bind then reports
     */
    public InetSocketAddress address() {
        return host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    /**
     * Whether another listening socket with these settings would get in the way of this one.
     *
     * @param other the settings of the other one
     * @return true if both name the same port other than 0, at the same host or with one of them at all hosts
     */
    public boolean collidesWith(ListenSettings other) {
        boolean samePort = port != 0 && port == other.port;
        return samePort && (wildcard() || other.wildcard() || host.equalsIgnoreCase(other.host));
    }

    private boolean wildcard() {
        return host == null || host.equals("0.0.0.0") || host.equals("::");
    }
}
