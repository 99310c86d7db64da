package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.settings.PoolSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the children of a connector: starts them, replaces those that die, kills those that do not become ready in
 * time, and ends them all when it stops. It never touches a connection.
 *
 * <p>One thread, {@code mpm-heartbeat}, does all of it; {@link #start()} and {@link #stop()} may be called by any
 * thread.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int GENERATION = 1;
    /** An exit wakes the heartbeat; that a child is ready is seen by looking at the scoreboard, often while one starts. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** A killed process ends at once, unless the kernel cannot take it out of a system call. */
    private static final Duration KILLED_ENDS = Duration.ofSeconds(10);

    private static final Duration BEAT_WHILE_STARTING = Duration.ofMillis(50);

    private final PoolSettings settings;
    private final Scoreboard scoreboard;
    private final ChildLauncher launcher;
    private final RespawnBackoff backoff = new RespawnBackoff();
    private final List<ChildHandle> children = new ArrayList<>();
    private final CompletableFuture<Void> pilot = new CompletableFuture<>();
    private final Lock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread heartbeat = new Thread(this::run, "mpm-heartbeat");
    private boolean stopping;

    /**
     * Makes a supervisor that has no children yet.
     *
     * @param settings how many children to keep
     * @param scoreboard has at least as many slots as there are to be children
     * @param launcher starts the processes
     */
    public Supervisor(PoolSettings settings, Scoreboard scoreboard, ChildLauncher launcher) {
        this.settings = settings;
        this.scoreboard = scoreboard;
        this.launcher = launcher;
        heartbeat.setDaemon(true);
    }

    /**
     * Starts the first child, the pilot, waits until it is ready, and goes on to keep all children in the background.
     *
     * @throws IOException if the pilot ends before it is ready, or does not become ready in time; no child is left then
     */
    public void start() throws IOException {
        heartbeat.start();
        try {
            pilot.get(); // the heartbeat kills a pilot that takes too long
        } catch (ExecutionException e) {
            stop();
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the first child started", e);
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!stopping) {
                beat(System.nanoTime());
                boolean starting = slots().contains(SlotState.STARTING);
                news.awaitNanos((starting ? BEAT_WHILE_STARTING : BEAT).toNanos());
            }
        } catch (InterruptedException e) {
            LOG.warn("{} was interrupted; children are not replaced any more", heartbeat.getName());
        } finally {
            lock.unlock();
        }
    }

    private void beat(long now) {
        reapExited(now);
        noteReady();
        killOverdue(now);
        apply(FixedPool.plan(slots()), now);
    }

    private void reapExited(long now) {
        for (ChildHandle child : List.copyOf(children)) {
            if (!child.process().isAlive()) {
                children.remove(child);
                scoreboard.state(child.slot(), SlotState.OPEN);
                launcher.clear(child.slot());
                report(child, now);
            }
        }
    }

    private void report(ChildHandle child, long now) {
        String ending = ExitStatus.describe(child.process().exitValue());
        long seconds = child.age(now).toSeconds();
        if (child.everReady()) {
            LOG.warn("{} ended after {} s with {}; starting another", child, seconds, ending);
            return;
        }
        Duration delay = backoff.failed(now);
        String message = child + " ended after " + seconds + " s with " + ending + " before it was ready";
        if (!pilot.completeExceptionally(new IOException(message + "; its messages say why"))) {
            LOG.error("{}; starting another in {} s", message, delay.toSeconds());
        }
    }

    private void noteReady() {
        for (ChildHandle child : children) {
            if (!child.everReady() && scoreboard.state(child.slot()) == SlotState.READY) {
                child.becameReady();
                backoff.ready();
                pilot.complete(null);
                LOG.info("{} ready", child);
            }
        }
    }

    private void killOverdue(long now) {
        for (ChildHandle child : children) {
            if (child.isOverdue(settings.startTimeout(), now)) {
                String message = child + " was not ready within "
                        + settings.startTimeout().toMillis() + " ms and is killed; raise " + settings.prefix()
                        + ".startTimeout if the applications need longer to start";
                if (!pilot.completeExceptionally(new IOException(message))) {
                    LOG.error(message);
                }
                child.process().destroyForcibly();
            }
        }
    }

    private List<SlotState> slots() {
        return IntStream.range(0, settings.startServers())
                .mapToObj(scoreboard::state)
                .toList();
    }

    private void apply(List<Integer> slotsToFill, long now) {
        boolean mayStart = backoff.allows(now) && !pilot.isCompletedExceptionally();
        for (int slot : mayStart ? slotsToFill : List.<Integer>of()) {
            spawn(slot, now);
        }
    }

    private void spawn(int slot, long now) {
        scoreboard.generation(slot, GENERATION);
        scoreboard.threads(slot, 0, 0);
        scoreboard.state(slot, SlotState.STARTING);
        try {
            ChildHandle child = new ChildHandle(slot, launcher.launch(slot, GENERATION), now);
            children.add(child);
            child.process().onExit().thenRun(this::signalNews);
        } catch (IOException e) {
            scoreboard.state(slot, SlotState.OPEN);
            Duration delay = backoff.failed(now);
            if (!pilot.completeExceptionally(e)) {
                LOG.error("cannot start a child in slot {}; trying again in {} s", slot, delay.toSeconds(), e);
            }
        }
    }

    /**
     * Called by a thread of the JDK's common pool, which may have no other: it must not wait for the lock while {@link
     * #stop()} waits for children. News that are missed are found at the next beat.
     */
    private void signalNews() {
        if (lock.tryLock()) {
            try {
                news.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Starts no child any more; those that are there go on. To be called as soon as it is known that the server stops,
     * since whoever stops it may have sent the signal to the children, too.
     */
    public void startNoMore() {
        lock.lock();
        try {
            stopping = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks every child to end, waits for the drain timeout, and kills those that are still there. Returns at once if
     * the supervisor has stopped before.
     *
     * @return whether any had to be killed
     */
    public StopResult stop() {
        startNoMore();
        lock.lock();
        try {
            children.forEach(child -> child.process().destroy());
            return endAll();
        } finally {
            lock.unlock();
        }
    }

    private StopResult endAll() {
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        StopResult result = StopResult.GRACEFUL;
        for (ChildHandle child : children) {
            if (!endsBy(child, deadline)) {
                LOG.warn(
                        "{} did not end within {} ms; killing it",
                        child,
                        settings.drainTimeout().toMillis());
                child.process().destroyForcibly();
                result = StopResult.FORCED;
            }
        }
        children.forEach(child -> endsBy(child, System.nanoTime() + KILLED_ENDS.toNanos()));
        children.forEach(child -> launcher.clear(child.slot()));
        children.clear();
        return result;
    }

    /** Waits for a child without giving in to an interrupt: a child left behind would hold the port. */
    private static boolean endsBy(ChildHandle child, long deadline) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return child.process().waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
