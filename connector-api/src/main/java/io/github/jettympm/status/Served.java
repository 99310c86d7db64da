package io.github.jettympm.status;

import java.time.Duration;

/**
 * What was served in some time.
 *
 * @param connections that were taken
 * @param requests that are complete
 * @param bytes that were sent for them
 * @param busyTime sum of the time that they took
 */
public record Served(long connections, long requests, long bytes, Duration busyTime) {
    /** Nothing yet. */
    public static final Served NOTHING = new Served(0, 0, 0, Duration.ZERO);

    /**
     * The sum of two.
     *
     * @param other the other
     * @return both together
     */
    public Served plus(Served other) {
        return new Served(
                connections + other.connections,
                requests + other.requests,
                bytes + other.bytes,
                busyTime.plus(other.busyTime));
    }
}
