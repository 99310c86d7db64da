package io.github.jettympm.endpoint;

import io.github.jettympm.timeout.ReadStage;
import org.eclipse.jetty.io.EndPoint;

/** An endpoint that follows its requests and measures how long its client takes. */
public interface TimedEndPoint extends EndPoint {
    /**
     * Where the connection is.
     *
     * @return the progress of this connection
     */
    RequestProgress progress();

    /**
     * Hears, once, that a wait has taken too long. Called by the scheduler's thread; must not wait.
     *
     * @param awaited what was waited for; it may have come meanwhile
     */
    void onReadExpired(ReadStage awaited);

    /**
     * Ends the connection if nothing is in flight on it and it has been idle for some time, since its connector drains. Called
     * now and then, by the scheduler's thread; must not wait.
     *
     * @param idle milliseconds, 1 or more
     */
    void endIfIdle(long idle);

    /**
     * Hears, again and again, that others wait for what this connection holds, which does not speak HTTP/1 any more. Called by the
     * scheduler's thread; must not wait.
     */
    default void onOthersWait() {
        // Only where a connection holds a process there is something to do.
    }
}
