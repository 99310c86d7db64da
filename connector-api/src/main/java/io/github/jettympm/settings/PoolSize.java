package io.github.jettympm.settings;

import java.util.Optional;

/**
 * How many children a pool has.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param pm what makes it start and end children
 * @param spares the children that wait, and those that it begins with
 * @param maxRequestWorkers children that serve, at the most (httpd's {@code MaxRequestWorkers}); -1 for as many as memory
 *     allows, or with {@link ProcessManagement#STATIC} for as many as it begins with
 * @param serverLimit processes, at the most (httpd's {@code ServerLimit}): those that serve, those that take the place of
 *     others, and those that finish what they have begun; -1 for a quarter more than {@code maxRequestWorkers}
 * @param threads those of each child and those that wait, empty if a child serves one connection at a time or the number of
 *     children does not depend on threads; otherwise {@code spares} has nothing but the children to begin with
 */
public record PoolSize(
        String prefix,
        ProcessManagement pm,
        SpareServers spares,
        int maxRequestWorkers,
        int serverLimit,
        Optional<SpareThreads> threads) {
    /** As httpd's {@code ServerLimit} cannot exceed 200,000 (mpm_default.h), but each of ours is a virtual machine. */
    public static final int MOST_CHILDREN = 1_000;

    /** In place of a number: its default. */
    public static final int DEFAULT = -1;

    /** Slots beside those of {@code maxRequestWorkers}: one for each so many of them. */
    private static final int RESERVE = 4;

    private static final int MOST_SLOTS = 2 * MOST_CHILDREN;

    // Checks the numbers as far as they are known.
    public PoolSize {
        int most = MOST_CHILDREN;
        if (maxRequestWorkers != DEFAULT) {
            most = Ranges.require(prefix + ".maxRequestWorkers", maxRequestWorkers, 1, MOST_CHILDREN);
        }
        spares.check(prefix, most);
        checkThreads(threads, prefix, most);
        if (serverLimit != DEFAULT) {
            // One more, for the child that takes another's place: that other serves until it is ready.
            int least = Math.max(1, Math.max(maxRequestWorkers, spares.start())) + 1;
            Ranges.require(prefix + ".serverLimit", serverLimit, least, MOST_SLOTS);
        }
    }

    /**
     * The size of a pool whose children serve one connection at a time, or whose number is fixed.
     *
     * @param prefix what the names of the properties begin with
     * @param pm what makes it start and end children
     * @param spares the children that wait, and those that it begins with
     * @param maxRequestWorkers children that serve, at the most, or -1
     * @param serverLimit processes, at the most, or -1
     */
    public PoolSize(String prefix, ProcessManagement pm, SpareServers spares, int maxRequestWorkers, int serverLimit) {
        this(prefix, pm, spares, maxRequestWorkers, serverLimit, Optional.empty());
    }

    private static void checkThreads(Optional<SpareThreads> threads, String prefix, int children) {
        threads.ifPresent(it -> it.check(prefix, children));
    }

    /**
     * The size of a pool that grows and shrinks with the number of idle threads, as httpd's worker and event do.
     *
     * @param prefix what the names of the properties begin with
     * @param startServers children to begin with
     * @param threads those of each child, and those that wait
     * @param maxRequestWorkers threads of all children, at the most (httpd's {@code MaxRequestWorkers}), a multiple of those of
     *     a child; 0 for those of as many children as memory allows, and at most 16
     * @param serverLimit processes, at the most, or -1
     * @return the size
     * @throws IllegalArgumentException if the numbers do not fit each other; the message names the property
     */
    public static PoolSize ofThreads(
            String prefix, int startServers, SpareThreads threads, int maxRequestWorkers, int serverLimit) {
        int perChild = Ranges.require(prefix + ".threadsPerChild", threads.perChild(), 1, SpareThreads.MOST_PER_CHILD);
        if (maxRequestWorkers != 0) {
            Ranges.require(prefix + ".maxRequestWorkers", maxRequestWorkers, perChild, MOST_CHILDREN * perChild);
            if (maxRequestWorkers % perChild != 0) {
                throw new IllegalArgumentException(prefix + ".maxRequestWorkers=" + maxRequestWorkers
                        + " is no multiple of " + prefix + ".threadsPerChild=" + perChild);
            }
        }
        SpareServers start = new SpareServers(
                startServers, SpareServers.DEFAULT, SpareServers.DEFAULT, SpareServers.DEFAULTS.idleTimeout());
        return new PoolSize(
                prefix,
                ProcessManagement.DYNAMIC,
                start,
                maxRequestWorkers == 0 ? DEFAULT : maxRequestWorkers / perChild,
                serverLimit,
                Optional.of(threads));
    }

    /**
     * How many requests a child serves at once, as far as it matters for the number of children.
     *
     * @return 1 unless there are {@link #threads()}
     */
    public int threadsPerChild() {
        return threads.map(SpareThreads::perChild).orElse(1);
    }

    /**
     * How many requests could be served at once without another child, at the least.
     *
     * @return the number of idle threads, or of idle children of which each serves one request
     */
    public int minSpare() {
        return threads.map(SpareThreads::min).orElse(spares.min());
    }

    /**
     * How many requests could be served at once without another child, at the most.
     *
     * @return the number of idle threads, or of idle children of which each serves one request
     */
    public int maxSpare() {
        return threads.map(SpareThreads::max).orElse(spares.max());
    }

    /**
     * Whether the number of children depends on the memory of the machine.
     *
     * @return false if it was set
     */
    public boolean isByMemory() {
        return maxRequestWorkers == DEFAULT && pm != ProcessManagement.STATIC;
    }

    /**
     * Puts a number in place of each default.
     *
     * @param capacity children that memory has room for, 1 or more; used only if {@link #isByMemory()}
     * @return a size without defaults
     * @throws IllegalArgumentException if a number that was set does not fit; the message names the property
     */
    public PoolSize resolve(int capacity) {
        if (pm == ProcessManagement.STATIC) {
            int workers = spares.resolve(maxRequestWorkers == DEFAULT ? MOST_CHILDREN : maxRequestWorkers)
                    .start();
            SpareServers fixed =
                    new SpareServers(workers, SpareServers.DEFAULT, SpareServers.DEFAULT, spares.idleTimeout());
            return new PoolSize(prefix, pm, fixed.resolve(workers), workers, limit(workers));
        }
        int workers = maxRequestWorkers == DEFAULT ? within(capacity) : maxRequestWorkers;
        spares.check(prefix, workers);
        checkThreads(threads, prefix, workers);
        Optional<SpareThreads> resolved = threads.map(it -> it.resolve(workers));
        return new PoolSize(prefix, pm, spares.resolve(workers), workers, limit(workers), resolved);
    }

    /**
     * The same size with other children that wait.
     *
     * @param others those, whose defaults are replaced by numbers
     * @return a size without defaults, if this one has none
     * @throws IllegalArgumentException if a number does not fit; the message names the property
     */
    public PoolSize with(SpareServers others) {
        return new PoolSize(prefix, pm, others, maxRequestWorkers, serverLimit, threads).resolve(maxRequestWorkers);
    }

    private int within(int capacity) {
        int most = serverLimit == DEFAULT ? MOST_CHILDREN : serverLimit - 1;
        int wanted = threads.isPresent() ? SpareThreads.DEFAULT_CHILDREN : MOST_CHILDREN;
        return Math.max(1, Math.min(capacity, Math.min(most, wanted)));
    }

    private int limit(int workers) {
        return serverLimit == DEFAULT ? workers + Math.max(1, workers / RESERVE) : serverLimit;
    }

    /**
     * Whether several children may serve at once, apart from one that takes another's place.
     *
     * @return true if memory alone decides
     */
    public boolean mayBeSeveral() {
        return resolve(MOST_CHILDREN).maxRequestWorkers > 1;
    }

    /** For a log line. */
    @Override
    public String toString() {
        return switch (pm) {
            case STATIC -> "always " + maxRequestWorkers;
            case DYNAMIC ->
                spares.start() + " to begin with, " + minSpare() + " to " + maxSpare()
                        + (threads.isPresent() ? " threads idle, at most " : " idle, at most ") + maxRequestWorkers
                        + threads.map(it -> " of " + it.perChild() + " threads each")
                                .orElse("");
            case ONDEMAND -> "on demand, at most " + maxRequestWorkers;
        };
    }
}
