package io.github.jettympm.bench.load;

import java.util.Arrays;
import java.util.List;

/**
 * The log of h2load: a line per request with its start, its status and how long it took in microseconds.
 *
 * @param sortedMicros how long they took, in rising order
 * @param failures requests with a status other than 200
 */
record RequestLog(long[] sortedMicros, long failures) {
    private static final double MICROS_PER_MILLI = 1_000;

    static RequestLog of(List<String> lines) {
        long[] micros = lines.stream()
                .mapToLong(line -> Long.parseLong(line.split("\t")[2]))
                .sorted()
                .toArray();
        long failures = lines.stream()
                .filter(line -> !line.split("\t")[1].equals("200"))
                .count();
        return new RequestLog(micros, failures);
    }

    /** Milliseconds within which the given share of requests was answered. */
    double percentile(double share) {
        return sortedMicros.length == 0 ? 0 : Percentile.of(sortedMicros, share) / MICROS_PER_MILLI;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestLog log
                && Arrays.equals(sortedMicros, log.sortedMicros)
                && failures == log.failures;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sortedMicros);
    }

    @Override
    public String toString() {
        return sortedMicros.length + " requests, " + failures + " failed";
    }
}
