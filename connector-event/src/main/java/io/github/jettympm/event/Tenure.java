package io.github.jettympm.event;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The time for which one thread holds a loop. The thread itself and the {@link Watcher} both decide its end, so that is
 * one atomic number.
 *
 * <pre>
 *            begin                    end
 *   FREE -----------&gt; IN_REQUEST -----------&gt; FREE
 *    |                    |
 *    | lose               | loseIfInRequest, by the thread or the watcher
 *    v                    v
 *   LOST &lt;----------------+
 * </pre>
 *
 * <p>Each request, and each time after one, has a number of its own: even ones are FREE, odd ones IN_REQUEST, a negative
 * one is LOST.
 */
final class Tenure {
    private static final long LOST = -1;

    /** What the watcher sees. */
    enum Look {
        /** Nothing has happened since it looked the last time. */
        IDLE,
        /** Requests come and go. */
        BUSY,
        /** It waits in a request, or is still in the one of the last time. */
        STUCK
    }

    private final Thread thread = Thread.currentThread();
    private final boolean standIn;
    private final AtomicLong state = new AtomicLong();
    private long number; // of the thread
    private long seen; // of the watcher

    /**
     * Begins the tenure of the calling thread.
     *
     * @param standIn whether it is not a thread of the server, and so never runs requests itself
     */
    Tenure(boolean standIn) {
        this.standIn = standIn;
    }

    boolean isStandIn() {
        return standIn;
    }

    Thread thread() {
        return thread;
    }

    /** Whether the thread holds the loop. Called by that thread. */
    boolean lasts() {
        return state.get() != LOST;
    }

    /** From now on the watcher may take the loop away. Called by the thread. */
    void begin() {
        state.set(++number);
    }

    /**
     * The request is over. Called by the thread.
     *
     * @return whether it still holds the loop
     */
    boolean end() {
        return state.compareAndSet(number, ++number);
    }

    /** Gives the loop up. Called by the thread, outside a request. */
    void lose() {
        state.set(LOST);
    }

    /** Takes it up again. Called by the thread, outside a request. */
    void regain() {
        number += number & 1;
        state.set(number);
    }

    /** What the thread is doing. Called by the watcher. */
    Look look() {
        long now = state.get();
        boolean same = now == seen;
        seen = now;
        if (isRequest(now) && (same || isWaiting())) {
            return Look.STUCK;
        }
        return same ? Look.IDLE : Look.BUSY;
    }

    /** Whether it waits for a lock, a time or another thread. A thread that waits for a socket seems to run. */
    private boolean isWaiting() {
        Thread.State now = thread.getState();
        return now == Thread.State.WAITING || now == Thread.State.TIMED_WAITING || now == Thread.State.BLOCKED;
    }

    /**
     * Takes the loop away in the request that was seen in the last {@link #look}. Called by the watcher.
     *
     * @return false if that request is over
     */
    boolean loseIfStuck() {
        return isRequest(seen) && state.compareAndSet(seen, LOST);
    }

    /**
     * Gives the loop up in the middle of a request.
     *
     * @return false if the calling thread is not the one that holds it, or in no request
     */
    boolean loseIfInRequest() {
        return Thread.currentThread() == thread && isRequest(number) && state.compareAndSet(number, LOST);
    }

    private static boolean isRequest(long state) {
        return (state & 1) == 1 && state != LOST;
    }
}
