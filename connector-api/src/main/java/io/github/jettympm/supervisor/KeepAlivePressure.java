package io.github.jettympm.supervisor;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which kept-alive connections are to end because others wait and no child is idle: as many as wait, those first
 * that have been without a request for longest. One that had a request just now is left alone: its client may be about to
 * send the next, and the response to that will end the connection.
 */
final class KeepAlivePressure {
    /** A child looks four times a second whether its connection is to end; until then there is nothing new to decide. */
    private static final long ROUND = Duration.ofMillis(500).toNanos();

    private final long leftAlone; // nanoseconds
    private boolean ever;
    private long last;

    /** @param leftAlone how long a connection may be without a request all the same */
    KeepAlivePressure(Duration leftAlone) {
        this.leftAlone = leftAlone.toNanos();
    }

    /**
     * A kept-alive connection that waits for its next request.
     *
     * @param slot of the child that holds it
     * @param requests how many the child had served when the wait began, which tells this wait from later ones
     * @param since the time since when
     */
    record KeptAlive(int slot, long requests, long since) {}

    /**
     * Which are to end now.
     *
     * @param connections those that nobody has asked to end
     * @param waiting how many others wait although no child is idle
     * @return some of the connections
     */
    List<KeptAlive> plan(List<KeptAlive> connections, int waiting, long now) {
        if (waiting == 0 || ever && now - last < ROUND) {
            return List.of();
        }
        List<KeptAlive> chosen = connections.stream()
                .filter(connection -> now - connection.since() >= leftAlone)
                .sorted(Comparator.comparingLong(connection -> connection.since() - now))
                .limit(waiting)
                .toList();
        if (!chosen.isEmpty()) {
            ever = true;
            last = now;
        }
        return chosen;
    }
}
