package io.github.jettympm.supervisor;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides how outdated children, those of an older generation and those that have served for long enough, make room for
 * others: first another child starts, and when it is ready one of the outdated ends, an idle one before one that has a
 * connection. So there are never fewer children than before.
 */
final class Replacement {
    private final int atOnce;

    /**
     * Makes a decider.
     *
     * @param atOnce how many children may start at a time to take the place of others
     */
    Replacement(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * What is to be done.
     *
     * @param start how many children to start as stand-ins
     * @param settled slots of stand-ins that are ready: they count as any other child from now on
     * @param retire slots of children to ask to end, in place of which those serve
     */
    record Step(int start, List<Integer> settled, List<Integer> retire) {}

    Step plan(Snapshot pool) {
        List<Integer> settled = slots(pool, child -> child.standIn() && isReady(child));
        List<Integer> outdated = pool.children().stream()
                .filter(child -> child.outdated() && isReady(child))
                .sorted(Comparator.comparing(ChildView::phase)
                        .thenComparing(ChildView::idleFor, Comparator.reverseOrder()))
                .map(ChildView::slot)
                .toList();
        List<Integer> retire = outdated.subList(0, Math.min(settled.size(), outdated.size()));
        int left = outdated.size() - retire.size();
        int starting = slots(pool, child -> child.standIn() && child.phase() == Phase.STARTING)
                .size();
        int start = Math.min(Math.min(atOnce, left) - starting, pool.freeSlots());
        return new Step(Math.max(0, start), settled, retire);
    }

    /** Slots of stand-ins that have nobody left to take the place of, since that one has died: they are children as any other. */
    List<Integer> withoutCounterpart(Snapshot pool) {
        long outdated = pool.children().stream()
                .filter(child -> child.outdated() && isReady(child))
                .count();
        return slots(pool, ChildView::standIn).stream().skip(outdated).toList();
    }

    private static boolean isReady(ChildView child) {
        return child.phase() == Phase.IDLE || child.phase() == Phase.BUSY;
    }

    private static List<Integer> slots(Snapshot pool, Predicate<ChildView> which) {
        return pool.children().stream().filter(which).map(ChildView::slot).toList();
    }
}
