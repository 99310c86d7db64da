package io.github.jettympm.status;

import java.time.Instant;

/**
 * A point of a chart.
 *
 * @param at when it was taken
 * @param requestsPerSecond since the point before
 * @param busy threads that handled a request
 * @param idle threads that could have taken one
 */
public record Sample(Instant at, double requestsPerSecond, int busy, int idle) {}
