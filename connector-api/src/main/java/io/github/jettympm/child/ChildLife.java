package io.github.jettympm.child;

import io.github.jettympm.protocol.BootFailure;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.ProcessFigures;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.RequestTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child as it sees itself: says on the scoreboard how far it has come, and ends when its parent is gone. As its
 * parent sees it, it is a {@code ChildHandle}.
 */
public final class ChildLife {
    private static final Logger LOG = LoggerFactory.getLogger(ChildLife.class);

    private final ChildEnvironment environment;
    private final Scoreboard scoreboard;
    private final Traffic traffic;
    private final boolean oneRequestAtATime;
    private final ParentWatch parent;
    private volatile Runnable periodic = () -> {};
    private volatile SlowRequestWatch requestWatch; // null if no limit is set

    private ChildLife(ChildEnvironment environment, Scoreboard scoreboard, boolean oneRequestAtATime) {
        this.environment = environment;
        this.oneRequestAtATime = oneRequestAtATime;
        this.scoreboard = scoreboard;
        this.traffic = scoreboard.traffic(environment.slot());
        this.parent = ParentWatch.of(environment.parent(), environment.parentStarted());
    }

    /**
     * Begins the life of a child.
     *
     * @param environment what the parent said
     * @param oneRequestAtATime whether there is never more than one request in this process
     * @return the life, on the scoreboard as starting
     * @throws IOException if the scoreboard cannot be opened
     */
    public static ChildLife begin(ChildEnvironment environment, boolean oneRequestAtATime) throws IOException {
        Scoreboard scoreboard = Scoreboard.open(environment.scoreboard());
        ChildLife life = new ChildLife(environment, scoreboard, oneRequestAtATime);
        TerminalSignals.leaveToParent();
        return life;
    }

    /**
     * Where this child keeps its temporary files; no other process writes there.
     *
     * @return a directory
     */
    public Path temporaryDirectory() {
        return WorkDirectory.of(environment.scoreboard()).slot(environment.slot());
    }

    /**
     * Where this child and the others of its generation keep the applications that one of them has unpacked.
     *
     * @return a directory
     */
    public Path applicationsDirectory() {
        return WorkDirectory.of(environment.scoreboard()).applications(environment.generation());
    }

    /**
     * Tells this child from the others that there are at the same time, also from those of other connectors.
     *
     * @return a name for files, such as {@code child-0-3}
     */
    public String fileName() {
        return "child-" + environment.connector() + "-" + environment.slot();
    }

    /**
     * Starts the thread, {@code mpm-parent-watch}, that ends this process once its parent is gone.
     *
     * @param drain ends the server of this process within a few seconds; called by the watching thread
     * @param stateFile where the parent has told tools of its server, if it has; it is removed with the last of what is left of
     *     that
     */
    public void watchParent(Runnable drain, Optional<Path> stateFile) {
        Thread watch = new Thread(() -> endWithParent(drain, stateFile), "mpm-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void endWithParent(Runnable drain, Optional<Path> stateFile) {
        try {
            CountDownLatch never = new CountDownLatch(1);
            while (parent.isThere()) {
                runPeriodic();
                never.await(Orphan.CHECK.toMillis(), TimeUnit.MILLISECONDS);
            }
            LOG.warn("parent {} is gone; ending", environment.parent());
            drainBounded(drain);
        } catch (InterruptedException e) {
            LOG.warn("interrupted; ending", e);
        } finally {
            Orphan.end(environment, stateFile);
        }
    }

    private void runPeriodic() {
        try {
            periodic.run();
        } catch (RuntimeException e) {
            LOG.warn("{} does not say any more how it is", this, e);
            periodic = () -> {};
        }
    }

    private static void drainBounded(Runnable drain) throws InterruptedException {
        Thread drainer = new Thread(drain, "mpm-orphan-drain");
        drainer.setDaemon(true);
        drainer.start();
        drainer.join(Orphan.DRAIN.toMillis());
    }

    /**
     * Sees to it that something is done each second, by the thread that watches the parent.
     *
     * @param task must not wait
     */
    public void eachSecond(Runnable task) {
        periodic = task;
    }

    /**
     * Says that this child serves now. Called by the thread that has started the server.
     *
     * @param loaders tells a first child what loads classes
     */
    public void ready(Supplier<ServerLoaders> loaders) {
        if (environment.listsClasses()) {
            WorkDirectory work = WorkDirectory.of(environment.scoreboard());
            int generation = environment.generation();
            ClassList.write(work.recordedClasses(generation), work.classList(generation), loaders);
        }
        scoreboard.state(environment.slot(), SlotState.READY);
    }

    /**
     * Says how many threads serve connections in this process. Called by any of them, one at a time.
     *
     * @param total all of them
     * @param spare those that wait for a connection
     */
    public void servingThreads(int total, int spare) {
        scoreboard.threads(environment.slot(), total, spare);
    }

    /**
     * Looks for requests that take too long from now on, on a thread of its own, {@code mpm-request-watch}.
     *
     * @param times the limits
     */
    public void watchRequests(RequestTimes times) {
        if (times.isLimited()) {
            SlowRequestWatch started = new SlowRequestWatch(
                    traffic,
                    () -> scoreboard.spareThreads(environment.slot()) == 0,
                    times,
                    figures()::slowRequest,
                    () -> Runtime.getRuntime().halt(ExitStatus.REQUEST_TOO_LONG.code()));
            started.start();
            requestWatch = started;
        }
    }

    /** Says that the calling thread begins to serve a request. */
    public void serving() {
        SlowRequestWatch watch = requestWatch;
        if (watch != null) {
            watch.serving();
        }
    }

    /**
     * Says that this child has taken a connection. Any thread may call it.
     *
     * @param client address of the client
     */
    public void connectionTaken(String client) {
        if (oneRequestAtATime) {
            traffic.connectionTaken(client, System.nanoTime());
        } else {
            traffic.oneOfManyTaken();
        }
    }

    /**
     * Where this child says which requests it serves. To be asked once.
     *
     * @return its rows
     */
    public RequestRows requestRows() {
        return scoreboard.requestRows(environment.slot());
    }

    /**
     * Where this child says how it is.
     *
     * @return its part of the scoreboard
     */
    public ProcessFigures figures() {
        return scoreboard.process(environment.slot());
    }

    /**
     * Where the parent says which scoreboards the connectors of its server have.
     *
     * @return the path of the file
     */
    public Path serverState() {
        return WorkDirectory.of(environment.scoreboard()).state();
    }

    /**
     * Whether the parent has asked to end the connection that waits for its next request.
     *
     * @return true until the next request or connection
     */
    public boolean isToEndKeepAlive() {
        return oneRequestAtATime && traffic.isToEndKeepAlive();
    }

    /**
     * Whether connections wait and no child is idle, so that it is better to end connections than to keep them.
     *
     * @return what the parent says
     */
    public boolean isUnderPressure() {
        return scoreboard.isUnderPressure();
    }

    /**
     * Whether an application has called {@link System#exit}. Its thread, and the request that it serves, wait until this
     * process has stopped, so nothing must wait for them.
     *
     * @return true from the call on
     */
    public boolean isExitCalled() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }

    /** Says that this child takes nothing new any more. Called by the thread that stops the server. */
    public void draining() {
        scoreboard.state(environment.slot(), SlotState.DRAINING);
    }

    /**
     * Ends this process at once because its server does not start, and tells the parent why. No shutdown hook runs: the
     * server's own would wait for the very start that has failed.
     *
     * @param child what the parent said
     * @param status how the start failed
     * @param cause why
     */
    public static void endUnstarted(ChildEnvironment child, ExitStatus status, Throwable cause) {
        BootFailure.write(WorkDirectory.of(child.scoreboard()).slot(child.slot()), cause);
        Runtime.getRuntime().halt(status.code());
    }

    @Override
    public String toString() {
        return "child (slot " + environment.slot() + ", generation " + environment.generation() + ")";
    }
}
