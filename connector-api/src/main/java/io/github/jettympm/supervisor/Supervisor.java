package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.settings.SpareServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the children of a connector: starts them, replaces those that die or are outdated, kills those that take too
 * long, and ends them all when it stops. It never touches a connection.
 *
 * <p>One thread, {@code mpm-heartbeat} (of several connectors with children each has its own, such as {@code mpm-heartbeat-1}), does all of it; any thread may call the public methods.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    /** An exit wakes the heartbeat; that a child is ready is seen by looking at the scoreboard, often while one starts. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final Duration BEAT_WHILE_STARTING = Duration.ofMillis(50);
    /** A connection that waits is seen by looking, too. */
    private static final Duration BEAT_WITHOUT_IDLE = Duration.ofMillis(100);

    private final ChildLauncher firstLauncher;
    private final IntSupplier waiting;
    private final Children children;
    private final PoolPolicy policy;
    private final Recycling recycling;
    private final Replacement replacement;
    private final Lateness lateness;
    private final Stoppage stoppage = new Stoppage();
    private final StuckRequests stuckRequests;
    private final Pressure pressure;
    private final Generations generations;
    private final Endings endings;
    private final PoolReport report;
    private final CompletableFuture<Void> pilot = new CompletableFuture<>();
    private final Lock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread heartbeat;
    private volatile long lastBeat = System.nanoTime();
    private boolean stopping;

    /**
     * Makes a supervisor that has no children yet.
     *
     * @param settings how many children to keep, without defaults in place of numbers
     * @param scoreboard has a slot for each process that there may be
     * @param launcher starts the processes
     * @param waiting how many connections wait for a child to accept them; called by the heartbeat, up to 20 times a second
     */
    public Supervisor(PoolSettings settings, Scoreboard scoreboard, ChildLauncher launcher, IntSupplier waiting) {
        this.firstLauncher = launcher;
        this.waiting = waiting;
        this.children = new Children(
                scoreboard,
                settings,
                () -> Expiry.draw(settings.recycle(), ThreadLocalRandom.current()::nextDouble),
                this::signalNews);
        this.policy = PoolPolicy.of(settings.size());
        this.recycling = new Recycling(scoreboard, settings.recycle(), LOG::warn);
        this.replacement = new Replacement(settings.recycle().atOnce());
        this.lateness = new Lateness(settings);
        this.stuckRequests = new StuckRequests(scoreboard, settings.requests());
        this.pressure = new Pressure(scoreboard, settings.requests().pressed());
        this.generations = new Generations(launcher);
        this.endings = new Endings(scoreboard);
        this.report = new PoolReport(scoreboard);
        this.heartbeat = new Thread(this::run, launcher.names().thread("mpm-heartbeat"));
        heartbeat.setDaemon(true);
    }

    /**
     * Starts the first child, the pilot, waits until it is ready, and goes on to keep all children in the background.
     *
     * @throws IOException if the pilot ends before it is ready, or does not become ready in time; the message has what it said
     *     of that. No child is left then
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
                boolean hasIdle = beatGuarded(System.nanoTime());
                Duration pause = hasIdle ? BEAT : BEAT_WITHOUT_IDLE;
                boolean changesSoon =
                        children.isStarting() || generations.launcher().isInWork();
                news.awaitNanos((changesSoon ? BEAT_WHILE_STARTING : pause).toNanos());
            }
        } catch (InterruptedException e) {
            LOG.warn("{} was interrupted; children are not replaced any more", heartbeat.getName());
        } finally {
            lock.unlock();
        }
    }

    /** Whatever happens to a beat, out of memory included, there is another one: without it nobody would look after children. */
    private boolean beatGuarded(long now) {
        try {
            boolean hasIdle = beat(now);
            lastBeat = System.nanoTime();
            return hasIdle;
        } catch (RuntimeException | Error e) {
            if (!pilot.completeExceptionally(new IOException("the first child could not be started: " + e, e))) {
                LOG.error("{} has failed to look after children and tries again", heartbeat.getName(), e);
            }
            return true;
        }
    }

    private boolean beat(long now) {
        noteReady(now); // also those that have ended since
        mournEnded(now);
        killLate(now);
        stoppage.look(children.all(), now);
        stuckRequests.look(children.all(), now);
        renew(now);
        recycling.look(children.all(), now);
        report.sample(now);
        return keepNumber(now);
    }

    /** One after the other: what goes wrong with one of them is no reason to forget the next. */
    private void mournEnded(long now) {
        for (var ended = children.takeEnded(); ended.isPresent(); ended = children.takeEnded()) {
            try {
                mourn(ended.get(), now);
            } finally {
                generations.gone(ended.get());
            }
        }
    }

    private void mourn(ChildHandle child, long now) {
        Ending ending = endings.of(child, explanation(child), now);
        clear(child);
        if (child.generation() != generations.current()) {
            forgetIfGone(child.generation());
        }
        if (generations.isPilot(child)) {
            generations.failed(ending.beforeItWasReady());
        } else if (!child.everReady() && !pilot.isDone()) {
            pilot.completeExceptionally(new IOException(ending.beforeItWasReady()));
        } else {
            endings.report(child, ending, now);
        }
    }

    private void forgetIfGone(int generation) {
        if (!children.hasAnyOf(generation)) {
            firstLauncher.forget(generation);
        }
    }

    /** What a child left to say: the report of a crash, or why it did not start. */
    private Optional<String> explanation(ChildHandle child) {
        try {
            Optional<String> crash = firstLauncher.crashReport(child.slot()).map(CrashReport::toString);
            boolean silent = child.everReady() || child.isAsked();
            return crash.isPresent() || silent ? crash : firstLauncher.lastWords(child.slot());
        } catch (RuntimeException e) {
            LOG.warn("what {} left to say cannot be read", child, e);
            return Optional.empty();
        }
    }

    private void clear(ChildHandle child) {
        try {
            firstLauncher.clear(child.slot());
        } catch (RuntimeException e) {
            LOG.warn("what {} left behind cannot be removed", child, e);
        }
    }

    private void mournStopped(long now) {
        for (var ended = children.takeEnded(); ended.isPresent(); ended = children.takeEnded()) {
            ChildHandle child = ended.get();
            endings.reportStopped(child, endings.of(child, explanation(child), now));
            clear(child);
        }
    }

    private void noteReady(long now) {
        for (ChildHandle child : children.takeReady(now)) {
            endings.ready();
            pilot.complete(null);
            LOG.info("{} ready after {} s", child, child.age(now).toSeconds());
            if (generations.isPilot(child)) {
                generations.succeeded();
                forgetIfGone(child.generation() - 1); // with children on demand the last may have ended before
            }
            generations.launcher().ready();
        }
        endings.noteSurvivors(children.all(), now);
    }

    private void killLate(long now) {
        for (String message : lateness.kill(children, now)) {
            if (!pilot.completeExceptionally(new IOException(message))) {
                LOG.error(message);
            }
        }
    }

    private void renew(long now) {
        if (pilot.isDone()) {
            generations.beginIfWanted(this::readInBackground);
        }
        if (generations.needsPilot()) {
            try {
                children.start(generations.nextLauncher(), generations.nextNumber(), true, now)
                        .ifPresent(generations::booting);
            } catch (IOException e) {
                generations.failed(e.getMessage());
            } catch (RuntimeException | Error e) {
                generations.failed("its first child could not be started: " + e);
            }
        }
    }

    /**
     * How long ago the heartbeat has looked after the children.
     *
     * @return at most some seconds, unless it is stuck or fails each time
     */
    public Duration sinceBeat() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }

    private void readInBackground(ChildLauncher launcher) {
        int generation = generations.nextNumber();
        Thread reader = new Thread(() -> read(launcher, generation), "mpm-renewal");
        reader.setDaemon(true);
        try {
            reader.start();
        } catch (OutOfMemoryError e) { // the system refuses threads
            generations.failed("its configuration cannot be read: " + e);
        }
    }

    private void read(ChildLauncher launcher, int generation) {
        Runnable result;
        try {
            ChildLauncher renewed = launcher.renewed(generation);
            result = () -> generations.read(renewed);
        } catch (IOException e) {
            result = () -> generations.failed("its configuration cannot be read: " + e.getMessage());
        } catch (Throwable e) { // whatever it is, a reader that does not come back would keep all later ones from
            // beginning
            result = () -> generations.failed("its configuration cannot be read: " + e);
        }
        lock.lock();
        try {
            result.run();
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a child is idle now. */
    private boolean keepNumber(long now) {
        if (endings.allowStart(now) && !pilot.isCompletedExceptionally() && !waitsForWork()) {
            settleWithoutCounterpart(now);
            Snapshot before = snapshot(now);
            Plan plan = policy.plan(before, now);
            report.planned(plan.limited() && before.pressure() > 0);
            plan.report().ifPresent(LOG::warn);
            plan.retire().forEach(slot -> retire(slot, "too many are idle", now));
            start(plan.start(), false, now);
            replaceOutdated(now);
        }
        Snapshot pool = snapshot(now);
        pressure.tell(children.all(), pool.pressure(), now);
        return pool.hasIdle();
    }

    /** A child that starts later, but from an archive of classes, is ready as soon. Without one that serves nobody may wait. */
    private boolean waitsForWork() {
        return generations.launcher().isInWork()
                && children.all().stream().anyMatch(child -> child.everReady() && !child.isEnding());
    }

    /** Else the pool would start one for the child that died, and the stand-in would be one too many. */
    private void settleWithoutCounterpart(long now) {
        for (int slot : replacement.withoutCounterpart(snapshot(now))) {
            children.in(slot).filter(child -> !generations.isPilot(child)).ifPresent(ChildHandle::settle);
        }
    }

    private void replaceOutdated(long now) {
        Replacement.Step step = replacement.plan(snapshot(now));
        step.settled().forEach(slot -> children.in(slot).ifPresent(ChildHandle::settle));
        step.retire().forEach(slot -> {
            children.in(slot).ifPresent(report::replaced);
            retire(slot, "another child has taken its place", now);
        });
        start(step.start(), true, now);
    }

    private Snapshot snapshot(long now) {
        return children.snapshot(
                child -> child.isExpired() || child.generation() < generations.current(), waiting.getAsInt(), now);
    }

    private void retire(int slot, String reason, long now) {
        children.in(slot).ifPresent(child -> {
            LOG.info("{} is asked to end after {} s: {}", child, child.age(now).toSeconds(), reason);
            children.retire(child, now);
        });
    }

    private void start(int count, boolean standIns, long now) {
        for (int i = 0; i < count; i++) {
            try {
                children.start(generations.launcher(), generations.current(), standIns, now);
            } catch (IOException e) {
                Duration delay = endings.notStarted(now);
                if (!pilot.completeExceptionally(e)) {
                    LOG.error("cannot start a child; trying again in {} s", delay.toSeconds(), e);
                }
                return;
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
     * Reads the configuration again and replaces all children, one after the other, by new ones that start from it. If the
     * first of those does not start, everything stays as it is.
     *
     * @return completed with the number of the new generation when its first child is ready; with an {@link IOException}
     *     if that does not start, or if the supervisor is stopped
     */
    public CompletableFuture<Integer> renew() {
        lock.lock();
        try {
            CompletableFuture<Integer> renewed = generations.want();
            if (stopping) {
                generations.stop();
            }
            news.signal();
            return renewed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks a child to end when it has finished what it has begun. Another takes its place if it is missing.
     *
     * @param slot row of the scoreboard, from 0
     * @return false if no child is there, or one that starts or ends already
     */
    public boolean drain(int slot) {
        lock.lock();
        try {
            boolean serves = children.in(slot)
                    .filter(child -> child.everReady() && !child.isEnding())
                    .isPresent();
            if (serves) {
                retire(slot, "an operator wants it", System.nanoTime());
                news.signal();
            }
            return serves;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes how many children are idle, from now on; without effect if their number is fixed or they are started on demand.
     *
     * @param spares without defaults in place of numbers
     */
    public void spares(SpareServers spares) {
        lock.lock();
        try {
            policy.spares(spares);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts no child any more, and asks those that are there to end; does not wait. To be called as soon as it is known that
     * the server stops: whoever stops it may have sent the signal to the children, too, and the drain timeout of all
     * pools begins then.
     */
    public void beginStop() {
        lock.lock();
        try {
            stopping = true;
            pilot.completeExceptionally(new IOException("the server is asked to stop while its first child starts"));
            generations.stop();
            generations.launcher().stop();
            children.askAll(System.nanoTime());
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks every child to end, waits for what is left of the drain timeout, and kills those that are still there. Returns at once if
     * the supervisor has stopped before.
     *
     * @return whether any had to be killed
     */
    public StopResult stop() {
        beginStop();
        lock.lock();
        try {
            StopResult result = children.endAll();
            mournStopped(System.nanoTime());
            children.all().forEach(this::clear); // even SIGKILL could not end it
            children.clear();
            return result;
        } finally {
            lock.unlock();
        }
    }
}
