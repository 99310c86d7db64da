package io.github.jettympm.bench.load;

/**
 * What a load has seen.
 *
 * @param requests complete responses
 * @param seconds how long it took
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param p999 milliseconds
 * @param wrong what was wrong with some of them; empty if every response was right
 */
public record LoadResult(long requests, double seconds, double p50, double p99, double p999, String wrong) {
    /** A load that saw nothing. */
    public static LoadResult failed(String why) {
        return new LoadResult(0, 0, 0, 0, 0, why);
    }

    /** Complete responses per second. */
    public double rate() {
        return requests / seconds;
    }

    /** Whether it may be counted. */
    public boolean isRight() {
        return wrong.isEmpty();
    }
}
