package io.github.jettympm.settings;

/**
 * The threads of a pool whose children serve many requests at once, with the names and defaults of httpd's worker and event
 * MPMs. A number of {@value #DEFAULT} stands for its default.
 *
 * @param perChild requests that a child serves at once (httpd's {@code ThreadsPerChild})
 * @param min idle threads of all children at the least (httpd's {@code MinSpareThreads}); another child is started when
 *     there are fewer
 * @param max idle threads of all children at the most (httpd's {@code MaxSpareThreads}); one child ends each second when
 *     there are more
 */
public record SpareThreads(int perChild, int min, int max) {
    /** In place of a number: httpd's default, as far as it fits the other numbers. */
    public static final int DEFAULT = -1;

    /** As in httpd's worker.c and event.c ({@code DEFAULT_THREADS_PER_CHILD}). */
    public static final int DEFAULT_PER_CHILD = 25;

    /** As httpd's {@code ThreadLimit} cannot exceed 20,000 for the worker model (mpm_default.h). */
    public static final int MOST_PER_CHILD = 20_000;

    /** As httpd's {@code ServerLimit}, by which it multiplies {@code ThreadsPerChild} for {@code MaxRequestWorkers}. */
    static final int DEFAULT_CHILDREN = 16;

    private static final int MIN = 75;
    private static final int MAX = 250;

    void check(String prefix, int children) {
        Ranges.require(prefix + ".threadsPerChild", perChild, 1, MOST_PER_CHILD);
        int all = (int) Math.min(Integer.MAX_VALUE, (long) children * perChild);
        if (min != DEFAULT) {
            Ranges.require(prefix + ".minSpareThreads", min, 1, all);
        }
        if (max != DEFAULT) {
            // Or a child would end, and another be started in its place.
            Ranges.require(prefix + ".maxSpareThreads", max, Math.max(1, min) + perChild, Integer.MAX_VALUE);
        }
    }

    SpareThreads resolve(int children) {
        int most = max == DEFAULT ? children * perChild : max - perChild;
        int least = min == DEFAULT ? Math.max(1, Math.min(MIN, Math.min(most, children * perChild))) : min;
        return new SpareThreads(perChild, least, max == DEFAULT ? Math.max(MAX, least + perChild) : max);
    }
}
