package io.github.jettympm.endpoint;

import io.github.jettympm.settings.KeepAliveSettings;
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
        this.period = settings.hasKeepAliveTimeout()
                ? Math.min(LONGEST_PERIOD, 1 + settings.keepAliveTimeout() / PARTS)
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
            if (endPoint instanceof TimedEndPoint timed
                    && timed.progress().clock().takeExpired(now)) {
                LOG.debug("client takes too long: {}", endPoint);
                timed.onReadExpired();
            }
        }
        start();
    }

    /** Looks no more. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
