package io.github.jettympm.event;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides whether the thread that holds a loop runs the next request itself, or leaves it to the pool. To wake a thread
 * costs more processor time than a short request does; to run a long one costs everyone else its whole time.
 *
 * <pre>
 *              more than one in five requests is long
 *   INLINE -----------------------------------------------&gt; EAGER
 *      ^                                                      |
 *      +------------------------------------------------------+
 *        as many short requests as {@value #PROOF}, and four more for each long one
 * </pre>
 *
 * <p>It goes by how many are long, since a single one means little: on a busy machine any thread may stand still for some
 * milliseconds in the middle of a short request, and traffic with one blocking request in a hundred is served best inline,
 * where the {@link Watcher} deals with that one.
 *
 * <p>And it says whether requests are brief, as most are: less than what waiting for a thread costs. Of several that are ready
 * at once, brief ones run one after the other; of others only the last one, so that none waits behind another and all
 * processors have something to do.
 *
 * <p>It has no clock, thread or lock: what happened is told to it. Any thread may tell it, and a count that is lost in a
 * race only shifts a change by one request.
 */
final class InlinePolicy {
    /** Several times what Jetty needs for a short request, and what a hand-over costs at the worst. */
    static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A long request weighs as much as so many short ones. */
    static final int WEIGHT_OF_LONG = 4;

    /** Reached by four long requests in a row. */
    static final int MOST_STRAIN = 4 * WEIGHT_OF_LONG;

    /** So many short requests show that a change is not by chance. */
    static final int PROOF = 32;

    /** Some times what it costs to wake a thread, and more than what Jetty needs for a servlet that does little. */
    static final long BRIEF_NANOS = TimeUnit.MICROSECONDS.toNanos(30);

    /** So many more requests that are brief, or are not, outweigh what was before. */
    static final int INERTIA = 16;

    private volatile boolean inline = true;
    private int unbrief; // of the loop's holder: 0 to INERTIA
    private int strain; // of the loop's holder, and of the watcher when it has just taken the loop away from one
    private final AtomicInteger proof = new AtomicInteger();

    /** Whether the holder of the loop runs the next request before it goes on with the loop. */
    boolean runsInline() {
        return inline;
    }

    /** Whether most requests are so short that others may wait behind them. Called by the holder. */
    boolean areBrief() {
        return unbrief <= INERTIA / 2;
    }

    /**
     * A request came to its end in the hands of the loop's holder. Called by the holder.
     *
     * @param nanos how long it took
     */
    void ranInline(long nanos) {
        unbrief = nanos < BRIEF_NANOS ? Math.max(0, unbrief - 1) : Math.min(INERTIA, unbrief + 1);
        if (nanos >= SHORT_NANOS) {
            wasLong();
        } else if (strain > 0) {
            strain--;
        }
    }

    /** The loop was taken away from its holder, who was stuck in a request. */
    void wasStuck() {
        wasLong();
    }

    private void wasLong() {
        strain += WEIGHT_OF_LONG;
        if (strain >= MOST_STRAIN) {
            proof.set(0);
            inline = false;
        }
    }

    /**
     * A request came to its end on a thread that did not hold the loop meanwhile. Called by that thread.
     *
     * @param nanos how long it took
     */
    void ranElsewhere(long nanos) {
        if (inline) {
            return; // it began before the change
        }
        if (nanos >= SHORT_NANOS) {
            proof.updateAndGet(shorts -> Math.max(0, shorts - WEIGHT_OF_LONG));
        } else if (proof.incrementAndGet() >= PROOF) {
            strain = 0;
            inline = true;
        }
    }
}
