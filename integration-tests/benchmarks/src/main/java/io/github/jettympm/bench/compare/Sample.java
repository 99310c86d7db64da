package io.github.jettympm.bench.compare;

import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.measure.Usage;

/**
 * One server in one round.
 *
 * @param load what the client saw
 * @param usage what the server used meanwhile
 */
public record Sample(LoadResult load, Usage usage) {
    private static final double MICROS_PER_SECOND = 1_000_000;

    /** Processor time of the server per request, in microseconds. */
    public double cpuPerRequest() {
        return usage.cpuSeconds() * MICROS_PER_SECOND / load.requests();
    }

    /** Context switches of the server's threads per request. */
    public double switchesPerRequest() {
        return (double) usage.switches() / load.requests();
    }
}
