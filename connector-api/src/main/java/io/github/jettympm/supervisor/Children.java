package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.settings.PoolSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a pool and what can be done to them; what is to be done is decided elsewhere. Only one thread at a time
 * may use it.
 */
final class Children {
    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    /** A killed process ends at once, unless the kernel cannot take it out of a system call. */
    private static final Duration KILLED_ENDS = Duration.ofSeconds(10);

    private final List<ChildHandle> all = new ArrayList<>();
    private final Scoreboard scoreboard;
    private final int slots;
    private final Duration drainTimeout;
    private final Supplier<Expiry> expiry;
    private final Runnable onExit;
    private boolean asked; // all of them
    private long deadline; // of those that were

    /**
     * Makes an empty pool.
     *
     * @param expiry draws the limits of a child
     * @param onExit called by any thread when a process has ended
     */
    Children(Scoreboard scoreboard, PoolSettings settings, Supplier<Expiry> expiry, Runnable onExit) {
        this.scoreboard = scoreboard;
        this.slots = settings.size().serverLimit();
        this.drainTimeout = settings.drainTimeout();
        this.expiry = expiry;
        this.onExit = onExit;
    }

    List<ChildHandle> all() {
        return List.copyOf(all);
    }

    boolean isStarting() {
        return all.stream().anyMatch(child -> child.phase() == Phase.STARTING);
    }

    boolean hasAnyOf(int generation) {
        return all.stream().anyMatch(child -> child.generation() == generation);
    }

    Snapshot snapshot(Predicate<ChildHandle> outdated, int waiting, long now) {
        List<ChildView> views =
                all.stream().map(child -> child.view(outdated.test(child), now)).toList();
        return new Snapshot(views, slots - all.size(), waiting);
    }

    private OptionalInt freeSlot() {
        return IntStream.range(0, slots)
                .filter(slot -> all.stream().noneMatch(child -> child.slot() == slot))
                .findFirst();
    }

    /**
     * Starts a child in a free slot.
     *
     * @return the child, empty if no slot is free
     * @throws IOException if the process cannot be started
     */
    Optional<ChildHandle> start(ChildLauncher launcher, int generation, boolean standIn, long now) throws IOException {
        OptionalInt free = freeSlot();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        int slot = free.getAsInt();
        scoreboard.begin(slot, generation);
        try {
            ChildHandle child =
                    new ChildHandle(launcher.names(), slot, generation, launcher.launch(slot, generation), now);
            child.begin(expiry.get(), standIn);
            scoreboard.process(slot).process(child.process().pid(), System.currentTimeMillis());
            all.add(child);
            child.process().onExit().thenRun(onExit);
            return Optional.of(child);
        } catch (IOException | RuntimeException | Error e) {
            scoreboard.state(slot, SlotState.OPEN);
            throw e;
        }
    }

    /** Takes out a child that has ended, if there is one; its slot is free again. */
    Optional<ChildHandle> takeEnded() {
        Optional<ChildHandle> ended =
                all.stream().filter(child -> !child.process().isAlive()).findFirst();
        ended.ifPresent(child -> {
            all.remove(child);
            noteAskedByOthers(child);
            scoreboard.end(child.slot());
        });
        return ended;
    }

    /**
     * Someone else may have asked it to end, by SIGTERM as its parent does, and it was too quick for the heartbeat to see that.
     * One that ended by itself has another status.
     */
    private void noteAskedByOthers(ChildHandle child) {
        boolean drained = scoreboard.state(child.slot()) == SlotState.DRAINING;
        if (drained && child.process().exitValue() == Ending.TERMINATED) {
            child.noteAsked(System.nanoTime());
        }
    }

    /** Reads what children say of themselves, and finds those that are ready for the first time. */
    List<ChildHandle> takeReady(long now) {
        return all.stream().filter(child -> note(child, now)).toList();
    }

    /** What a child that has gone wild leaves in its row must not keep its parent from looking after the others. */
    private boolean note(ChildHandle child, long now) {
        if (scoreboard.isStateKnown(child.slot())) {
            return child.note(scoreboard, now);
        }
        if (child.takeCorrupt()) {
            LOG.error("{} is killed, since its row of the scoreboard is corrupt", child);
            child.kill("its row of the scoreboard was corrupt");
        }
        return false;
    }

    Optional<ChildHandle> in(int slot) {
        return all.stream().filter(child -> child.slot() == slot).findFirst();
    }

    /** Asks a child to end: it finishes what it has begun, and takes nothing new. */
    void retire(ChildHandle child, long now) {
        child.noteAsked(now);
        child.terminate();
    }

    /** Kills the children that were asked to end and take too long. */
    void killUndrained(long now) {
        all.stream().filter(child -> child.isDrained(drainTimeout, now)).forEach(this::kill);
    }

    private void kill(ChildHandle child) {
        if (child.process().isAlive()) {
            LOG.warn("{} did not end within {} ms; killing it", child, drainTimeout.toMillis());
            child.kill("it did not end within " + drainTimeout.toMillis() + " ms");
        }
    }

    /** Asks all to end, the first time that it is called. One that has never served has nothing to finish, and is killed. */
    void askAll(long now) {
        if (asked) {
            return;
        }
        asked = true;
        deadline = now + drainTimeout.toNanos();
        for (ChildHandle child : all) {
            note(child, now);
            if (child.everReady()) {
                retire(child, now);
            } else {
                child.noteAsked(now);
                child.kill("the server stops");
            }
        }
    }

    /**
     * Waits until the drain timeout of those that were asked is over, and kills those that are still there.
     *
     * @return whether any had to be killed
     */
    StopResult endAll() {
        StopResult result = StopResult.GRACEFUL;
        for (ChildHandle child : all) {
            if (!endsBy(child, deadline)) {
                kill(child);
                result = StopResult.FORCED;
            }
        }
        all.forEach(child -> endsBy(child, System.nanoTime() + KILLED_ENDS.toNanos()));
        return result;
    }

    /** Forgets all, once they have ended. */
    void clear() {
        all.clear();
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
