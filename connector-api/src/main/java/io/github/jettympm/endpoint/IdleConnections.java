package io.github.jettympm.endpoint;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends the connections of a connector that drains on which nothing is in flight: one task of the server's scheduler looks at
 * all of them a few times a second, also at those that finish what they have begun only later.
 */
public final class IdleConnections {
    private static final long SHORTEST_PERIOD = 5; // milliseconds
    private static final long LONGEST_PERIOD = 250;
    private static final int PARTS = 4; // a limit is exceeded by no more than one, or by the longest period

    private final Connector connector;
    private long idle;
    private Scheduler.Task next; // guarded by this
    private boolean stopped; // guarded by this

    /**
     * Makes the task; {@link #end} starts it.
     *
     * @param connector whose connections to look at
     */
    public IdleConnections(Connector connector) {
        this.connector = connector;
    }

    /**
     * Begins to end them.
     *
     * @param limit milliseconds for which a connection has to have been idle, 0 or more
     */
    public synchronized void end(long limit) {
        idle = Math.max(1, limit); // 0 would mean that there is no limit
        if (next == null) {
            look();
        }
    }

    private synchronized void look() {
        if (stopped) {
            return;
        }
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof TimedEndPoint timed) {
                timed.endIfIdle(idle);
            }
        }
        long period = Math.max(SHORTEST_PERIOD, Math.min(LONGEST_PERIOD, idle / PARTS));
        next = connector.getScheduler().schedule(this::look, period, TimeUnit.MILLISECONDS);
    }

    /** Looks no more. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
