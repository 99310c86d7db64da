package io.github.jettympm.settings;

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
 */
public record PoolSize(
        String prefix, ProcessManagement pm, SpareServers spares, int maxRequestWorkers, int serverLimit) {
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
        if (serverLimit != DEFAULT) {
            // One more, for the child that takes another's place: that other serves until it is ready.
            int least = Math.max(1, Math.max(maxRequestWorkers, spares.start())) + 1;
            Ranges.require(prefix + ".serverLimit", serverLimit, least, MOST_SLOTS);
        }
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
        int workers = maxRequestWorkers == DEFAULT ? within(capacity) : maxRequestWorkers;
        if (pm == ProcessManagement.STATIC) {
            workers = spares.resolve(maxRequestWorkers == DEFAULT ? MOST_CHILDREN : maxRequestWorkers)
                    .start();
            SpareServers fixed =
                    new SpareServers(workers, SpareServers.DEFAULT, SpareServers.DEFAULT, spares.idleTimeout());
            return new PoolSize(prefix, pm, fixed.resolve(workers), workers, limit(workers));
        }
        spares.check(prefix, workers);
        return new PoolSize(prefix, pm, spares.resolve(workers), workers, limit(workers));
    }

    /**
     * The same size with other children that wait.
     *
     * @param others those, whose defaults are replaced by numbers
     * @return a size without defaults, if this one has none
     * @throws IllegalArgumentException if a number does not fit; the message names the property
     */
    public PoolSize with(SpareServers others) {
        return new PoolSize(prefix, pm, others, maxRequestWorkers, serverLimit).resolve(maxRequestWorkers);
    }

    private int within(int capacity) {
        int most = serverLimit == DEFAULT ? MOST_CHILDREN : serverLimit - 1;
        return Math.max(1, Math.min(capacity, most));
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
                spares.start() + " to begin with, " + spares.min() + " to " + spares.max() + " idle, at most "
                        + maxRequestWorkers;
            case ONDEMAND -> "on demand, at most " + maxRequestWorkers;
        };
    }
}
