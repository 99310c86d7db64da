package io.github.jettympm.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How many requests may run at once, over all loops of a connector (httpd's {@code MaxRequestWorkers}). A loop that gets no
 * place keeps the request, and is told when there is one.
 */
final class RequestWorkers {
    private final int most;
    private final Runnable onIdle;
    private final IntConsumer idleWorkers;
    private final AtomicInteger busy = new AtomicInteger();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** Keeps requests for which there was no place. */
    interface Waiting {
        /** There may be a place again: one of them is to try. Any thread may call it. */
        void tryAgain();
    }

    /**
     * Makes places for requests.
     *
     * @param most how many, 0 for as many as there are threads
     * @param onIdle what to call when a place becomes free that no request waits for; any thread does
     */
    RequestWorkers(int most, Runnable onIdle) {
        this(most, onIdle, idle -> {});
    }

    /**
     * Makes places for requests.
     *
     * @param most how many, 0 for as many as there are threads
     * @param onIdle what to call when a place becomes free that no request waits for; any thread does
     * @param idleWorkers hears how many places are free if that is bounded; any thread calls it, several at a time, the last
     *     with the number that is right
     */
    RequestWorkers(int most, Runnable onIdle, IntConsumer idleWorkers) {
        this.most = most;
        this.onIdle = onIdle;
        this.idleWorkers = idleWorkers;
    }

    boolean isBounded() {
        return most > 0;
    }

    int most() {
        return most;
    }

    /** How many more requests could run now; with no bound, an arbitrary number. */
    int idle() {
        return Math.max(0, most - busy.get());
    }

    /**
     * Takes a place. If there is none, the caller is told once when there may be one.
     *
     * @param loop the caller
     * @return whether it got one, which it has to {@link #end}
     */
    boolean tryBegin(Waiting loop) {
        if (!isBounded() || tryTake()) {
            return true;
        }
        waiting.add(loop);
        if (idle() > 0) {
            tellOne(); // the place that has become free in between knew of nobody who waits
        }
        return false;
    }

    private boolean tryTake() {
        int now = busy.get();
        while (now < most) {
            if (busy.compareAndSet(now, now + 1)) {
                tellIdle();
                return true;
            }
            now = busy.get();
        }
        return false;
    }

    /** Gives a place back. */
    void end() {
        if (isBounded()) {
            busy.decrementAndGet();
            tellIdle();
            if (!tellOne()) {
                onIdle.run();
            }
        }
    }

    /** Whoever was overtaken by another thread between counting and telling tells again. */
    private void tellIdle() {
        int told;
        do {
            told = idle();
            idleWorkers.accept(told);
        } while (told != idle());
    }

    private boolean tellOne() {
        Waiting next = waiting.poll();
        if (next != null) {
            next.tryAgain();
        }
        return next != null;
    }
}
