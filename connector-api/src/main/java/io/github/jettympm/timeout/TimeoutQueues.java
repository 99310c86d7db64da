package io.github.jettympm.timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says which connections are due, at a constant cost for each whatever their number: one queue for each delay, whose head
 * is always the next of that delay to be due.
 *
 * <p>So that there are few queues, a delay is rounded up by an eighth at the most; a connection is never looked at too
 * early, and rather once too often: one that is due has to be asked whether it really waited for so long, and is put back
 * for the rest of its time if not. That way nothing has to be done for a request.
 *
 * <p>Any thread may call any method. Times are those of {@link System#nanoTime()}, given by the caller.
 *
 * @param <T> what is due
 */
public final class TimeoutQueues<T> {
    /** A queue for each eighth between two powers of two. */
    private static final int FINENESS = 3;

    private final Map<Long, Queue<T>> byDelay = new HashMap<>();
    private final List<Queue<T>> queues = new ArrayList<>();
    private volatile boolean any;
    private volatile long earliest; // if there is any; or earlier, if that one was removed

    /** Makes queues with nobody in them. */
    public TimeoutQueues() {}

    /**
     * The place of one connection in the queues; at most in one of them.
     *
     * @param <T> what is due
     */
    public static final class Entry<T> {
        private final T owner;
        private Entry<T> previous;
        private Entry<T> next;
        private Queue<T> queue; // null if it is in none
        private long due;

        /**
         * Makes an entry that is in no queue.
         *
         * @param owner what is due when it is due
         */
        public Entry(T owner) {
            this.owner = owner;
        }
    }

    /** A ring through its own head. */
    private static final class Queue<T> {
        private final Entry<T> ring = new Entry<>(null);

        Queue() {
            ring.previous = ring;
            ring.next = ring;
        }

        boolean isEmpty() {
            return ring.next == ring;
        }

        Entry<T> head() {
            return ring.next;
        }

        void add(Entry<T> entry) {
            entry.queue = this;
            entry.previous = ring.previous;
            entry.next = ring;
            ring.previous.next = entry;
            ring.previous = entry;
        }

        static <T> void remove(Entry<T> entry) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            entry.previous = null;
            entry.next = null;
            entry.queue = null;
        }
    }

    /**
     * Sees to it that an entry is due after a delay, or a little later; leaves it where it is if it is due before that.
     *
     * @param entry the entry
     * @param delay nanoseconds, 0 or more
     * @param now the time
     */
    public synchronized void await(Entry<T> entry, long delay, long now) {
        if (entry.queue != null) {
            if (entry.due - now <= delay) {
                return;
            }
            Queue.remove(entry);
        }
        long rounded = roundUp(delay);
        entry.due = now + rounded;
        queue(rounded).add(entry);
        if (!any || entry.due - earliest < 0) {
            earliest = entry.due;
            any = true;
        }
    }

    private Queue<T> queue(long delay) {
        return byDelay.computeIfAbsent(delay, key -> {
            Queue<T> made = new Queue<>();
            queues.add(made);
            return made;
        });
    }

    static long roundUp(long delay) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(delay);
        int dropped = Math.max(0, bits - 1 - FINENESS);
        long step = 1L << dropped;
        return (delay + step - 1) & -step;
    }

    /**
     * Takes an entry out, if it is in.
     *
     * @param entry the entry
     */
    public synchronized void remove(Entry<T> entry) {
        if (entry.queue != null) {
            Queue.remove(entry);
        }
    }

    /**
     * Takes out what is due.
     *
     * @param now the time
     * @param due gets each owner; called by this thread, and may call this object
     */
    public void takeDue(long now, Consumer<T> due) {
        for (Entry<T> entry = takeOne(now); entry != null; entry = takeOne(now)) {
            due.accept(entry.owner);
        }
    }

    private synchronized Entry<T> takeOne(long now) {
        if (!any || earliest - now > 0) {
            return null;
        }
        for (Queue<T> queue : queues) {
            Entry<T> head = queue.head();
            if (!queue.isEmpty() && head.due - now <= 0) {
                Queue.remove(head);
                return head;
            }
        }
        findEarliest();
        return null;
    }

    private void findEarliest() {
        any = false;
        for (Queue<T> queue : queues) {
            if (!queue.isEmpty() && (!any || queue.head().due - earliest < 0)) {
                earliest = queue.head().due;
                any = true;
            }
        }
    }

    /**
     * How long nothing is due. Costs next to nothing.
     *
     * @param now the time
     * @return nanoseconds, 0 if something may be due already, {@link Long#MAX_VALUE} if there is nothing
     */
    public long nextDelay(long now) {
        return any ? Math.max(0, earliest - now) : Long.MAX_VALUE;
    }
}
