package io.github.jettympm.prefork;

import java.util.Collection;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;

/** Refuses protocols that bring several requests at once to a child, which is there to serve one at a time. */
final class OneRequestAtATime {
    private static final List<String> MULTIPLEXING = List.of("h2", "h2c");

    private OneRequestAtATime() {}

    /**
     * Checks the protocols of a connector.
     *
     * @throws IllegalArgumentException if HTTP/2 is one of them and may have more than one stream at a time
     */
    static void require(Collection<ConnectionFactory> factories) {
        for (ConnectionFactory factory : factories) {
            boolean multiplexing = factory.getProtocols().stream().anyMatch(MULTIPLEXING::contains);
            if (multiplexing && maxConcurrentStreams(factory) != 1) {
                throw new IllegalArgumentException("HTTP/2 (" + String.join(", ", factory.getProtocols())
                        + ") may bring several requests at once on one connection, and a child of prefork serves one: "
                        + "remove the module http2 or http2c, set jetty.http2.maxConcurrentStreams=1 or "
                        + "jetty.http2c.maxConcurrentStreams=1, or use the connector worker or event");
            }
        }
    }

    /** The class is in a module that need not be there. */
    private static int maxConcurrentStreams(ConnectionFactory factory) {
        try {
            return (int) factory.getClass().getMethod("getMaxConcurrentStreams").invoke(factory);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot tell how many streams " + factory + " allows", e);
        }
    }
}
