package io.github.jettympm;

import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * By when a server that stops is done with the requests of its own process: Jetty's {@code stopTimeout}, and where nobody has
 * set that, the longest {@code drainTimeout} of the connectors that serve in this process. Jetty would not wait for any
 * request then.
 *
 * <p>Jetty calls it from the threads that start and stop the server.
 */
final class DrainDeadline implements LifeCycle.Listener {
    /** What an engine takes at the most: twice as long as a stopping {@code QueuedThreadPool} by default, which waits twice. */
    private static final Duration MOST = Duration.ofSeconds(10);

    /** As Jetty leaves its thread pool when nothing is left. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Server server;
    private boolean own; // the server's stopTimeout is ours
    private volatile Long deadline; // System.nanoTime(), null unless the server stops

    private DrainDeadline(Server server) {
        this.server = server;
    }

    /** The one of a server, shared by its connectors. */
    static DrainDeadline of(Server server) {
        synchronized (server) {
            DrainDeadline deadline = server.getBean(DrainDeadline.class);
            if (deadline == null) {
                deadline = new DrainDeadline(server);
                server.addBean(deadline, false);
                server.addEventListener(deadline);
            }
            return deadline;
        }
    }

    /** Called for each connector before the server starts, when their settings are known to be good. */
    void settle() {
        if (server.getStopTimeout() == 0) {
            long longest = Arrays.stream(server.getConnectors())
                    .filter(it -> it instanceof MultiProcessConnector multi && multi.role() == ProcessRole.IN_PROCESS)
                    .mapToLong(it -> ((MultiProcessConnector) it).drainTimeout().toMillis())
                    .max()
                    .orElse(0);
            server.setStopTimeout(longest);
            own = longest > 0;
        }
    }

    /** How long an engine may take to end its threads: what is left if the server stops, and enough if its connector stops alone. */
    Duration left() {
        Long end = deadline;
        if (end == null) {
            return MOST;
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return left.compareTo(MOST) < 0 ? left : MOST;
    }

    @Override
    public void lifeCycleStopping(LifeCycle stopping) {
        deadline =
                System.nanoTime() + Duration.ofMillis(server.getStopTimeout()).toNanos();
    }

    @Override
    public void lifeCycleStopped(LifeCycle stopped) {
        reset();
    }

    @Override
    public void lifeCycleFailure(LifeCycle failed, Throwable cause) {
        reset();
    }

    /** The next start may find other settings. */
    private void reset() {
        deadline = null;
        if (own) {
            server.setStopTimeout(0);
            own = false;
        }
    }
}
