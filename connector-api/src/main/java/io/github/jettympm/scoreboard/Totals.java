package io.github.jettympm.scoreboard;

/**
 * What was served in some time.
 *
 * @param connections that were taken
 * @param requests that are complete
 * @param bytes that were sent for them
 * @param busyTime how long they took together, in nanoseconds
 * @param slowRequests those that were slow
 */
public record Totals(long connections, long requests, long bytes, long busyTime, long slowRequests) {
    /** Nothing yet. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    /**
     * The sum of two.
     *
     * @param other the other
     * @return both together
     */
    public Totals plus(Totals other) {
        return new Totals(
                connections + other.connections,
                requests + other.requests,
                bytes + other.bytes,
                busyTime + other.busyTime,
                slowRequests + other.slowRequests);
    }

    /** What a row has served. */
    static Totals of(Traffic row) {
        return new Totals(row.connections(), row.requests(), row.bytes(), row.busyTime(), 0);
    }
}
