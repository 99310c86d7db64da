package io.github.jettympm;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.component.Graceful;

/**
 * How the connections of a connector end that is shut down: what is in flight is finished, and a connection on which nothing is
 * in flight ends when it has been idle for some time. By when all of it has to be over, the server sees to.
 *
 * <p>Jetty's own would give all connections the same short idle timeout, those included whose client or application takes its time.
 */
final class Drain {
    private final ConnectionEngine engine;
    private final Graceful.Shutdown connections;
    private volatile boolean announced;

    /**
     * Makes one that has not begun.
     *
     * @param connector whose connections these are
     * @param engine serves them
     */
    Drain(MultiProcessConnector connector, ConnectionEngine engine) {
        this.engine = engine;
        this.connections = new Graceful.Shutdown(connector) {
            @Override
            public boolean isShutdownDone() {
                return connector.getConnectedEndPoints().isEmpty();
            }
        };
    }

    /**
     * Begins it. The listening socket is closed already.
     *
     * @param idle milliseconds after which a connection without anything in flight ends; less than 0 for its idle timeout
     * @return completed when no connection is left
     */
    CompletableFuture<Void> begin(long idle) {
        CompletableFuture<Void> closed = connections.shutdown();
        engine.requestsComplete().thenRun(() -> announced = true);
        if (idle >= 0) {
            engine.endIdle(idle);
        }
        // A connection that was just accepted, and is not counted yet, is waited for as well.
        return CompletableFuture.allOf(closed, engine.drained());
    }

    /** Whether no response is on its way any more that does not say whether it is the last of its connection. */
    boolean isAnnounced() {
        return announced;
    }

    /** A connection has ended. */
    void closed() {
        connections.check();
    }
}
