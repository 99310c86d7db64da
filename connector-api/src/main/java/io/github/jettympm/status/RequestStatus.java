package io.github.jettympm.status;

import io.github.jettympm.scoreboard.Activity;
import java.time.Duration;

/**
 * A row for one request at a time: what it does now, or did last.
 *
 * @param row number, from 0
 * @param activity what it does
 * @param requests that were complete in this row
 * @param bytes that were sent for them
 * @param inActivity for how long it has done that
 * @param lastDuration how long the last complete request took
 * @param client address of the client, empty if there was none; comes from a stranger
 * @param request method and path, cut, never with a query string; empty if there was none; comes from a stranger
 */
public record RequestStatus(
        int row,
        Activity activity,
        long requests,
        long bytes,
        Duration inActivity,
        Duration lastDuration,
        String client,
        String request) {}
