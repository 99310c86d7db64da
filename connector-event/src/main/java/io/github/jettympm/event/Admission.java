package io.github.jettympm.event;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Whether there is room for one more connection, and who has to go if there is not.
 *
 * <p>A connection that waits for its next request is closed only when another one wants to be accepted: the one that has
 * waited longest.
 */
final class Admission {
    private final AdmissionGate gate;
    private final RequestWorkers workers;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean leaving;

    Admission(AdmissionGate gate, RequestWorkers workers) {
        this.gate = gate;
        this.workers = workers;
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }

    boolean hasRoom() {
        return gate.admits(connections.get(), workers.idle());
    }

    /** What could be closed to make room. Any thread may call it. */
    interface Idle {
        /** Whether it is a kept-alive connection that waits for its next request. */
        boolean isBetweenRequests();

        /** For how long nothing has come or gone, in milliseconds. */
        long getIdleFor();

        /**
         * Closes it, unless its next request has come.
         *
         * @param decided what to call afterwards
         */
        void closeIfIdle(Runnable decided);
    }

    /** Lets the one go that has waited longest for its next request. Called by the thread that accepts. */
    void makeRoom(Stream<?> open) {
        if (!leaving) { // or the next one would go as well, while the first is at the door
            oldest(open).ifPresent(oldest -> {
                leaving = true;
                oldest.closeIfIdle(() -> leaving = false);
            });
        }
    }

    /**
     * Chooses who goes.
     *
     * @param open all connections
     * @return the one that has waited longest for its next request; empty if none does, or if that would make no room
     *     since all workers are busy
     */
    Optional<Idle> oldest(Stream<?> open) {
        if (workers.idle() == 0) {
            return Optional.empty();
        }
        return open.filter(Idle.class::isInstance)
                .map(Idle.class::cast)
                .filter(Idle::isBetweenRequests)
                .max(Comparator.comparingLong(Idle::getIdleFor));
    }
}
