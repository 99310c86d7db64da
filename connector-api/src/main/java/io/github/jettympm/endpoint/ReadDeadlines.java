package io.github.jettympm.endpoint;

import io.github.jettympm.MultiProcessConnector;
import io.github.jettympm.child.ChildLife;
import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.timeout.ReadClock;
import io.github.jettympm.timeout.ReadStage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the clocks of all connections now and then: one task of the server's scheduler for a connector, whatever the
 * number of its connections, and nothing to be done for a request but to note the time.
 */
public final class ReadDeadlines {
    private static final Logger LOG = LoggerFactory.getLogger(ReadDeadlines.class);

    /** A limit is exceeded by no more than this, or a quarter of it. */
    private static final long LONGEST_PERIOD = Duration.ofSeconds(1).toMillis();

    private static final int PARTS = 4;

    private final Connector connector;
    private final long period;
    private final ChildLife life; // null if this process is no child
    private Scheduler.Task next; // guarded by this
    private boolean stopped; // guarded by this

    /**
     * Makes the task; {@link #start()} starts it.
     *
     * @param connector whose connections to look at
     * @param settings the limits
     */
    public ReadDeadlines(Connector connector, KeepAliveSettings settings) {
        this.connector = connector;
        this.life = connector instanceof MultiProcessConnector multi ? multi.life() : null;
        long longest = life == null ? LONGEST_PERIOD : LONGEST_PERIOD / PARTS; // its parent may want something, too
        this.period = settings.hasKeepAliveTimeout()
                ? Math.min(longest, 1 + settings.keepAliveTimeout() / PARTS)
                : LONGEST_PERIOD / PARTS;
    }

    /** Begins to look. */
    public synchronized void start() {
        if (!stopped) {
            next = connector.getScheduler().schedule(this::look, period, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof TimedEndPoint timed) {
                look(timed, now);
            }
        }
        start();
    }

    private void look(TimedEndPoint endPoint, long now) {
        ReadStage late = endPoint.progress().clock().takeExpired(now);
        if (late != null) {
            LOG.debug("client takes too long: {}", endPoint);
            endPoint.onReadExpired(late);
        } else if (life != null && takeKeepAlive(endPoint.progress().clock(), now)) {
            LOG.debug("others wait for a connection: {}", endPoint);
            endPoint.onReadExpired(ReadStage.KEEP_ALIVE);
        } else if (life != null
                && endPoint.progress().clock().stage() == ReadStage.UPGRADED
                && life.isToEndKeepAlive()) {
            endPoint.onOthersWait();
        }
    }

    /**
     * Whether the connection waits for its next request and the parent wants this wait to end; then it is said once, as if it
     * had waited for too long. If a request comes meanwhile, it has no deadline for its head, but it is not lost; and a
     * later wait has a later deadline, which has not come by then.
     */
    private boolean takeKeepAlive(ReadClock clock, long now) {
        long remaining = clock.remaining(now);
        return remaining < Long.MAX_VALUE
                && clock.stage() == ReadStage.KEEP_ALIVE
                && life.isToEndKeepAlive()
                && clock.takeExpired(now + remaining) == ReadStage.KEEP_ALIVE;
    }

    /** Looks no more. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
