package io.github.jettympm.settings;

/**
 * How many serving threads a process keeps.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.worker}
 * @param minSpareThreads threads that wait for a connection, at the least (httpd's {@code MinSpareThreads}); more are
 *     started when fewer wait
 * @param maxSpareThreads threads that wait for a connection, at the most (httpd's {@code MaxSpareThreads}); a thread
 *     that would be one more ends
 * @param maxThreads threads in all, and so connections served at once (httpd's {@code MaxRequestWorkers}); further
 *     connections wait in the queue of the listening socket
 * @param virtual whether the threads are virtual ones, which cost little while they wait
 */
public record ThreadSettings(String prefix, int minSpareThreads, int maxSpareThreads, int maxThreads, boolean virtual) {
    /** As httpd's {@code ThreadLimit} cannot exceed 20,000 for the worker model (mpm_default.h). */
    public static final int MOST_THREADS = 20_000;

    /** More than there can be open files in a usual process. */
    public static final int MOST_VIRTUAL_THREADS = 1_000_000;

    // Checks each number and how they fit together.
    public ThreadSettings {
        Ranges.require(prefix + ".maxThreads", maxThreads, 1, virtual ? MOST_VIRTUAL_THREADS : MOST_THREADS);
        Ranges.require(prefix + ".minSpareThreads", minSpareThreads, 1, maxThreads);
        Ranges.require(prefix + ".maxSpareThreads", maxSpareThreads, minSpareThreads, maxThreads);
    }

    /**
     * Exactly one thread: a process that serves one connection at a time.
     *
     * @param prefix what the names of the properties begin with
     * @return settings with one for every number
     */
    public static ThreadSettings single(String prefix) {
        return new ThreadSettings(prefix, 1, 1, 1, false);
    }
}
