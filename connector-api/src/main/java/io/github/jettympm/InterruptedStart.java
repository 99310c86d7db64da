package io.github.jettympm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a process that is asked to end while its first child starts leaves nothing behind: Jetty stops a server then only
 * if it has started.
 */
final class InterruptedStart {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedStart.class);
    private static final long CLEARING = 5; // seconds; more than it takes to kill a child and to remove a directory

    private final MultiProcessConnector connector;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread hook;

    /**
     * Does not look yet.
     *
     * @param connector whose child starts
     */
    InterruptedStart(MultiProcessConnector connector) {
        this.connector = connector;
    }

    /**
     * From now on a process that ends makes the start fail.
     *
     * @param failure has whoever starts throw, clear up, and {@link #close} this; it does not wait
     * @throws IllegalStateException if the process ends already
     */
    void failBy(Runnable failure) {
        hook = new Thread(() -> end(failure), "mpm-interrupted-start");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The process goes on to exist until this has returned. */
    private void end(Runnable failure) {
        LOG.info("the process is asked to end while the first child of {} starts", connector);
        failure.run();
        try {
            closed.await(CLEARING, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Then it ends at once.
        }
    }

    /** The start is over; if it has failed, nothing is left of it. */
    void close() {
        closed.countDown();
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // It runs.
            }
        }
    }
}
