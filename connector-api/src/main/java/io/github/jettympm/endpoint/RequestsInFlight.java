package io.github.jettympm.endpoint;

import io.github.jettympm.timeout.ReadStage;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;

/** The requests of HTTP/1 that are being served at one moment. */
public final class RequestsInFlight {
    private static final long PERIOD = 5; // milliseconds

    private final Map<RequestProgress, Request> requests = new IdentityHashMap<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private final Connector connector;

    private RequestsInFlight(Connector connector) {
        this.connector = connector;
    }

    /**
     * Finds them, and waits for them without a thread.
     *
     * @param connector whose they are; its scheduler looks after them
     * @return completed when all are complete, or the connector has stopped; at once if there are none
     */
    public static CompletableFuture<Void> complete(Connector connector) {
        RequestsInFlight found = new RequestsInFlight(connector);
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof TimedEndPoint timed && timed.progress().request() != null) {
                found.requests.put(timed.progress(), timed.progress().request());
            }
        }
        found.look();
        return found.complete;
    }

    /**
     * Counts the connections that have none, and wait for one.
     *
     * @param connector whose they are
     * @return 0 or more; those that were upgraded, and those of HTTP/2, do not count
     */
    public static int waiting(Connector connector) {
        int waiting = 0;
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof TimedEndPoint timed
                    && !timed.progress().isInRequest()
                    && timed.progress().clock().stage() != ReadStage.UPGRADED) {
                waiting++;
            }
        }
        return waiting;
    }

    private void look() {
        requests.entrySet().removeIf(each -> each.getKey().request() != each.getValue());
        if (requests.isEmpty() || !connector.isRunning()) {
            complete.complete(null);
        } else {
            connector.getScheduler().schedule(this::look, PERIOD, TimeUnit.MILLISECONDS);
        }
    }
}
