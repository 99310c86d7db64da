package io.github.jettympm.event;

import io.github.jettympm.endpoint.RequestProgress;
import java.util.List;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;

/** What can be told of an HTTP/1 connection from outside. */
final class HttpConnections {
    private HttpConnections() {}

    /** Loads what is needed here, which may be impossible later, when there are as many connections as descriptors. */
    static void load() {
        List.of(
                SslConnection.class,
                HttpConnection.class,
                HttpParser.class,
                AwakeConnection.class,
                AwakeConnection.NumberedStream.class,
                DozingConnection.class);
    }

    /**
     * Whether it has served a request, and of the next one nothing has been read yet.
     *
     * @param connection the connection of an endpoint, or null
     * @return false for other protocols, and before the first request
     */
    static boolean isBetweenRequests(Connection connection) {
        if (connection instanceof DozingConnection dozing) {
            return dozing.getMessagesIn() > 0;
        }
        return innermost(connection) instanceof HttpConnection http
                && http.getMessagesIn() > 0
                && RequestProgress.isAtStart(http);
    }

    /**
     * Gives up what an HTTP/1 connection does not need between requests: the cache of header fields, which Jetty's parser
     * makes with the second request. It takes about 100 KB, thirty times as much as everything else.
     *
     * @param connection the connection of an endpoint; others than HTTP/1 stay as they are
     */
    static void trim(Connection connection) {
        if (innermost(connection) instanceof HttpConnection http && isBetweenRequests(http)) {
            HttpParser parser = http.getParser();
            parser.setHeaderCacheSize(parser.getHeaderCacheSize()); // which also empties it
        }
    }

    private static Connection innermost(Connection connection) {
        return connection instanceof SslConnection ssl
                ? innermost(ssl.getSslEndPoint().getConnection())
                : connection;
    }
}
