package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.RecycleCause;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import java.time.Duration;
import java.util.Optional;

/**
 * A child as its parent sees it. As it sees itself, it is a {@code ChildLife}. Only the heartbeat, or whoever holds its
 * lock, may use it.
 */
final class ChildHandle {
    /**
     * A child that ends although its parent has not asked it to keeps the drain timeout itself, and stops threads that go on
     * then, which takes some 10 s. It is not killed at the same moment, or nobody would know its exit status.
     */
    private static final Duration ENDS_BY_ITSELF = Duration.ofSeconds(15);

    private final ChildNames names;
    private final int slot;
    private final int generation;
    private final Process process;
    private final long bornAt;
    private Expiry expiry;
    private RecycleCause outdatedBy = RecycleCause.RESTART;
    private boolean expired;
    private boolean standIn;
    private boolean everReady;
    private long readyAt;
    private boolean overdue;
    private boolean survived;
    private boolean idle;
    private int idleThreads;
    private long idleSince;
    private int stoppedLooks;
    private boolean corrupt;
    private boolean stuck;
    private boolean ending;
    private long endingSince;
    private boolean asked;
    private String killedSince; // null if its parent has not killed it

    /** Notes a process that was just started. */
    ChildHandle(ChildNames names, int slot, int generation, Process process, long bornAt) {
        this.names = names;
        this.slot = slot;
        this.generation = generation;
        this.process = process;
        this.bornAt = bornAt;
    }

    /**
     * Says what becomes of it.
     *
     * @param limits when it has served for long enough
     * @param inPlaceOfAnother whether it is to take the place of another child
     */
    void begin(Expiry limits, boolean inPlaceOfAnother) {
        expiry = limits;
        standIn = inPlaceOfAnother;
    }

    Expiry expiry() {
        return expiry;
    }

    /** It has served for long enough. */
    void expire(RecycleCause cause) {
        expired = true;
        outdatedBy = cause;
    }

    /** Why another takes its place, if one does. */
    RecycleCause outdatedBy() {
        return outdatedBy;
    }

    boolean isExpired() {
        return expired;
    }

    int slot() {
        return slot;
    }

    int generation() {
        return generation;
    }

    Process process() {
        return process;
    }

    /** Sends it SIGTERM. {@link Process#destroy()} would also close its output, and what it says in the end would be lost. */
    void terminate() {
        process.toHandle().destroy();
    }

    /**
     * Sends it SIGKILL.
     *
     * @param reason why, as a sentence without its end; of several the first counts
     */
    void kill(String reason) {
        if (killedSince == null) {
            killedSince = reason;
        }
        process.toHandle().destroyForcibly();
    }

    /** Why its parent has killed it, empty if that has not. */
    Optional<String> killedSince() {
        return Optional.ofNullable(killedSince);
    }

    boolean everReady() {
        return everReady;
    }

    boolean isStandIn() {
        return standIn;
    }

    /** It has taken the place of another child, or there is none any more to take. */
    void settle() {
        standIn = false;
    }

    /** Notes what the child says of itself; true if it is ready for the first time. */
    boolean note(Scoreboard scoreboard, long now) {
        boolean wasReady = everReady;
        SlotState state = scoreboard.state(slot);
        if (state == SlotState.READY && !everReady) {
            everReady = true;
            readyAt = now;
        }
        idleThreads = scoreboard.spareThreads(slot);
        boolean idleNow = state == SlotState.READY && idleThreads > 0;
        if (idleNow && !idle) {
            idleSince = now;
        }
        idle = idleNow;
        if (state == SlotState.DRAINING) {
            noteEnding(now); // whoever wanted that: an application that calls System.exit is one of them
        }
        return everReady && !wasReady;
    }

    /**
     * Notes whether the kernel says that it is stopped.
     *
     * @return how many times in a row it was, 0 if it is not
     */
    int noteStopped(boolean stopped) {
        stoppedLooks = stopped ? stoppedLooks + 1 : 0;
        return stoppedLooks;
    }

    /** Its row of the scoreboard holds what no child writes; true once. */
    boolean takeCorrupt() {
        boolean first = !corrupt;
        corrupt = true;
        return first;
    }

    /** Its request takes too long, and it does not end for that itself; true once. */
    boolean takeStuck() {
        boolean first = !stuck;
        stuck = true;
        return first;
    }

    /** Why its process has ended; one that was killed because of its request would have said so if it had been able to. */
    int exitStatus() {
        return stuck ? ExitStatus.REQUEST_TOO_LONG.code() : process.exitValue();
    }

    /** It was asked to end, by its parent or by someone else. */
    void noteAsked(long now) {
        asked = true;
        noteEnding(now);
    }

    boolean isAsked() {
        return asked;
    }

    private void noteEnding(long now) {
        if (!ending) {
            ending = true;
            endingSince = now;
        }
    }

    boolean isEnding() {
        return ending;
    }

    Phase phase() {
        if (ending) {
            return Phase.ENDING;
        }
        if (!everReady) {
            return Phase.STARTING;
        }
        return idle ? Phase.IDLE : Phase.BUSY;
    }

    /** Whether it takes too long to become ready; true once. */
    boolean takeOverdue(Duration startTimeout, long now) {
        boolean first = !overdue && !everReady && now - bornAt > startTimeout.toNanos();
        overdue |= first;
        return first;
    }

    /** Whether it had its time to finish what it had begun. */
    boolean isDrained(Duration drainTimeout, long now) {
        Duration time = asked ? drainTimeout : drainTimeout.plus(ENDS_BY_ITSELF);
        return ending && now - endingSince > time.toNanos();
    }

    /** When it was started, of {@link System#nanoTime()}. */
    long bornAt() {
        return bornAt;
    }

    Duration age(long now) {
        return Duration.ofNanos(now - bornAt);
    }

    /** How long it has been ready, zero before. */
    Duration readyFor(long now) {
        return everReady ? Duration.ofNanos(now - readyAt) : Duration.ZERO;
    }

    /** Whether it has been ready for so long; true once. */
    boolean takeSurvived(Duration time, long now) {
        boolean first = !survived && readyFor(now).compareTo(time) >= 0;
        survived |= first;
        return first;
    }

    ChildView view(boolean outdated, long now) {
        Duration idleFor = phase() == Phase.IDLE ? Duration.ofNanos(now - idleSince) : Duration.ZERO;
        return new ChildView(slot, phase(), standIn, outdated, idleFor, phase() == Phase.IDLE ? idleThreads : 0);
    }

    @Override
    public String toString() {
        return "child " + process.pid() + " (" + names.place(slot) + ")";
    }
}
