package io.github.jettympm.event;

import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/**
 * When the connections of a loop are looked at for what they can give up while they wait: in rounds, a few times a second, as long
 * as something happens. Used by the loop's holder alone.
 */
final class RestRounds {
    /** Short enough that memory does not stay with those who wait, and long enough to look at 10,000 of them each time. */
    static final Duration PAUSE = Duration.ofMillis(400);

    /** A loop for which there is nothing to do looks up once an hour. */
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);

    /** To give up what it does not need takes a connection up to 4 us, so all others wait for a millisecond at the most. */
    private static final int MOST_LOOKS = 256;

    private Queue<SelectionKey> toLookAt = new ArrayDeque<>();
    private boolean restless;
    private long next;

    /** @param now the time */
    RestRounds(long now) {
        next = now + PAUSE.toNanos();
    }

    /** Something has come, so there will be something to give up. */
    void stir() {
        restless = true;
    }

    /**
     * Goes on with a round, or begins one if it is time.
     *
     * @param now the time
     * @param keys all keys of the loop, with an {@link EventLoop.Selected} each
     */
    void goOn(long now, Set<SelectionKey> keys) {
        if (restless && !isUnderWay() && now - next >= 0) {
            restless = false;
            toLookAt = new ArrayDeque<>(keys);
            next = now + PAUSE.toNanos();
        }
        for (int i = 0; i < MOST_LOOKS && isUnderWay(); i++) {
            restless |= ((EventLoop.Selected) toLookAt.remove().attachment()).rest();
        }
    }

    /** Whether a round has begun that is not at its end. */
    boolean isUnderWay() {
        return !toLookAt.isEmpty();
    }

    /** For how long the loop may sleep, in nanoseconds. */
    long longestSleep() {
        return (restless ? PAUSE : LONGEST_SLEEP).toNanos();
    }
}
