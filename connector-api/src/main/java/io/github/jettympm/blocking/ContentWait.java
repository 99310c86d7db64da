package io.github.jettympm.blocking;

import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The wait of a serving thread for the content of the request that it serves: the blocking read of a servlet.
 *
 * <p>Who is told of content may ask for more at once. Such a nested call is only noted, and the outer one waits again; so
 * nothing recurses with the size of the content.
 */
final class ContentWait {
    private final ChannelMode mode;
    private final Consumer<TimeoutException> expiry;
    private volatile boolean reading;
    private TimeoutException expired; // guarded by the mode, as long as the serving thread reads

    // Of the serving thread alone.
    private boolean active;
    private boolean again;

    /** What the wait is for. */
    interface Input {
        /** Waits for bytes; false, at once, if the endpoint is detached. */
        boolean await();

        /** Tells whoever asked that there are bytes. */
        void report();
    }

    /**
     * Makes the wait of a connection.
     *
     * @param mode the mode of its channel
     * @param expiry tells the connection that it was idle for too long; called by the thread that waited
     */
    ContentWait(ChannelMode mode, Consumer<TimeoutException> expiry) {
        this.mode = mode;
        this.expiry = expiry;
    }

    /**
     * Waits, and reports, as often as more is asked for. Called by the serving thread.
     *
     * @return whether something is asked for that a selector has to wait for, since the endpoint was detached meanwhile
     */
    boolean run(Input input) {
        if (active) {
            again = true;
            return false;
        }
        active = true;
        try {
            do {
                again = false;
                once(input);
            } while (again && !mode.isNonBlocking());
        } finally {
            active = false;
        }
        return again;
    }

    private void once(Input input) {
        reading = true;
        boolean awaited = input.await();
        reading = false;
        if (expired != null) {
            expiry.accept(expired);
            expired = null;
        } else if (awaited) {
            input.report();
        } else {
            again = true; // for the selector
        }
    }

    /**
     * Leaves it to the waiting thread to tell the connection of a timeout. Any thread may call it; if it is true, the
     * caller ends the wait.
     *
     * @return whether there is such a thread
     */
    boolean expire(TimeoutException timeout) {
        synchronized (mode) {
            boolean waits = reading && mode.isReading();
            if (waits) {
                expired = timeout;
            }
            return waits;
        }
    }
}
