package io.github.jettympm.child;

import io.github.jettympm.protocol.ChildEnvironment;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Ends a child whose parent is gone while it starts, wherever it hangs: {@link ChildLife} sees to that from the moment on when its
 * server starts, but the configuration is read before.
 */
public final class StartWatch {
    private final ChildEnvironment environment;
    private final ParentWatch parent;
    private final CountDownLatch closed = new CountDownLatch(1);

    private StartWatch(ChildEnvironment environment) {
        this.environment = environment;
        this.parent = ParentWatch.of(environment.parent(), environment.parentStarted());
    }

    /**
     * Starts the thread, {@code mpm-start-watch}.
     *
     * @param environment what the parent said
     * @return the watch, to be closed when the server has started
     */
    public static StartWatch start(ChildEnvironment environment) {
        StartWatch watch = new StartWatch(environment);
        Thread thread = new Thread(watch::run, "mpm-start-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!closed.await(Orphan.CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!parent.isThere()) {
                    end();
                }
            }
        } catch (InterruptedException e) {
            LoggerFactory.getLogger(StartWatch.class).warn("interrupted; this child may outlive its parent", e);
        }
    }

    /** If the server is just there, it may have something to finish. */
    private void end() throws InterruptedException {
        if (!closed.await(Orphan.DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            // Not sooner: no child is to wait for a logger that it may not need.
            LoggerFactory.getLogger(StartWatch.class)
                    .warn("parent {} is gone while this child starts; ending", environment.parent());
            Orphan.end(environment, Optional.empty());
        }
    }

    /** Ends the watch: the server has started, or never will. */
    public void close() {
        closed.countDown();
    }
}
