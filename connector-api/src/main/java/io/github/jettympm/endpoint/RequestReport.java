package io.github.jettympm.endpoint;

import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Traffic;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.server.Request;

/**
 * Says on the scoreboard which request is served: a connection of HTTP/1 has one for all its requests, one of HTTP/2 one for
 * each. One thread at a time calls it.
 */
final class RequestReport {
    private final RequestRows rows;
    private SocketAddress address;
    private String client = "";
    private boolean begun;
    private Traffic row; // null also for a request that is only counted
    private long began;
    private long sentBefore;

    RequestReport(RequestRows rows) {
        this.rows = rows;
    }

    /**
     * A request begins.
     *
     * @param sent what the connection had sent before, in bytes
     */
    void begins(Request request, long sent) {
        String path = request.getHttpURI().getCanonicalPath(); // without parameters such as a session's id
        begun = true;
        began = System.nanoTime();
        sentBefore = sent;
        row = rows.begins(clientOf(request), request.getMethod(), path == null ? "*" : path, began);
    }

    /** Made once for a connection: the text is an object. */
    private String clientOf(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        if (remote != address) {
            address = remote;
            client = remote instanceof InetSocketAddress internet ? text(internet) : "";
        }
        return client;
    }

    private static String text(InetSocketAddress remote) {
        return remote.getAddress() == null
                ? remote.getHostString() // as a proxy has named it
                : remote.getAddress().getHostAddress();
    }

    /** The connection, whose requests have ended, speaks another protocol. */
    void upgraded(long now) {
        rows.upgraded(now);
    }

    /**
     * The request that has begun ends.
     *
     * @param sent what the connection has sent now; less than before if it is another one, after an upgrade
     */
    void ends(long sent) {
        if (begun) {
            begun = false;
            rows.ends(row, began, Math.max(0, sent - sentBefore), System.nanoTime());
        }
    }
}
