package io.github.jettympm.supervisor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pool at one moment, for those who decide.
 *
 * @param children all processes
 * @param freeSlots how many more there may be
 * @param waiting connections in the queue of the listening socket
 */
record Snapshot(List<ChildView> children, int freeSlots, int waiting) {
    private int count(Phase phase) {
        return (int) children.stream()
                .filter(child -> child.phase() == phase && !child.standIn())
                .count();
    }

    /** Children that wait for a connection, or will soon. One that takes another's place changes nothing. */
    int spare() {
        return count(Phase.IDLE) + count(Phase.STARTING);
    }

    /**
     * Requests that could be served at once by children that wait for one, or will soon.
     *
     * @param perChild how many a child serves at once that starts now
     */
    int spareThreads(int perChild) {
        int idle = children.stream()
                .filter(child -> child.phase() == Phase.IDLE && !child.standIn())
                .mapToInt(ChildView::idleThreads)
                .sum();
        return idle + count(Phase.STARTING) * perChild;
    }

    /** Children that take connections, or will soon. */
    int serving() {
        return spare() + count(Phase.BUSY);
    }

    int starting() {
        return count(Phase.STARTING);
    }

    int ending() {
        return count(Phase.ENDING);
    }

    boolean hasIdle() {
        return children.stream().anyMatch(child -> child.phase() == Phase.IDLE);
    }

    /** Whether any child can serve now. */
    boolean hasReady() {
        return children.stream().anyMatch(child -> child.phase() == Phase.IDLE || child.phase() == Phase.BUSY);
    }

    /**
     * Connections that wait although no child is idle. With an idle one, they are as good as taken.
     *
     * @return 0 or more
     */
    int pressure() {
        return hasIdle() ? 0 : waiting;
    }

    /** Slot of the idle child to end first: an outdated one, or else one that serves least, for longest. */
    Optional<Integer> leastNeeded() {
        return children.stream()
                .filter(child -> child.phase() == Phase.IDLE && !child.standIn())
                .max(Comparator.comparing(ChildView::outdated)
                        .thenComparing(ChildView::idleThreads)
                        .thenComparing(ChildView::idleFor))
                .map(ChildView::slot);
    }

    /** While no child is ready only one is started: it shows whether the applications boot at all. */
    int pilotFirst(int wanted) {
        boolean alone = !hasReady();
        int most = alone ? Math.max(0, 1 - starting()) : wanted;
        return Math.max(0, Math.min(Math.min(wanted, most), freeSlots));
    }
}
