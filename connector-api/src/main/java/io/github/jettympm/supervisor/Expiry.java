package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.RecycleCause;
import io.github.jettympm.settings.RecycleSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Decides when one child has served for long enough. Each has limits of its own, drawn when it starts, so that children
 * that started together do not end together.
 *
 * @param connections how many it takes, 0 for any number
 * @param time how long it serves, zero for any time
 * @param rss its resident memory in megabytes, 0 for any amount
 */
record Expiry(long connections, Duration time, long rss) {
    /**
     * As uWSGI's {@code min-worker-lifetime}: what a child needs in the beginning is no leak, and if it is too much, so it is for the
     * next child, and the machine would only start virtual machines.
     */
    private static final Duration NO_LEAK_BEFORE = Duration.ofSeconds(10);

    private static final double PERCENT = 100;

    /**
     * Draws the limits of a child.
     *
     * @param random gives numbers from 0 to 1
     */
    static Expiry draw(RecycleSettings settings, DoubleSupplier random) {
        double most = settings.jitter() / PERCENT;
        return new Expiry(
                less(settings.maxConnections(), most * random.getAsDouble()),
                Duration.ofMillis(less(settings.maxLifetime().toMillis(), most * random.getAsDouble())),
                less(settings.maxRss(), most * random.getAsDouble()));
    }

    /** A limit stays one. */
    private static long less(long limit, double part) {
        return limit == 0 ? 0 : Math.max(1, Math.round(limit * (1 - part)));
    }

    boolean limitsRss() {
        return rss > 0;
    }

    /**
     * A limit that a child has reached.
     *
     * @param cause which it is
     * @param words the same with the numbers
     */
    record Reached(RecycleCause cause, String words) {}

    /**
     * Why the child has served for long enough.
     *
     * @param taken connections
     * @param served how long it has been ready
     * @param megabytes its resident memory
     * @return the reason, empty if it has not
     */
    Optional<Reached> reason(long taken, Duration served, long megabytes) {
        if (connections > 0 && taken >= connections) {
            return reached(RecycleCause.CONNECTIONS, taken + " connections, limit " + connections);
        }
        if (!time.isZero() && served.compareTo(time) >= 0) {
            return reached(RecycleCause.LIFETIME, served.toSeconds() + " s, limit " + time.toSeconds());
        }
        if (isTooLarge(megabytes) && served.compareTo(NO_LEAK_BEFORE) >= 0) {
            return reached(RecycleCause.MEMORY, megabytes + " MB of resident memory, limit " + rss);
        }
        return Optional.empty();
    }

    private boolean isTooLarge(long megabytes) {
        return rss > 0 && megabytes >= rss;
    }

    /**
     * What to warn of: a limit that a child exceeds from the beginning.
     *
     * @param served how long it has been ready
     * @param megabytes its resident memory
     * @return the numbers in words, empty if there is nothing to warn of
     */
    Optional<String> tooLargeAtFirst(Duration served, long megabytes) {
        return isTooLarge(megabytes) && served.compareTo(NO_LEAK_BEFORE) < 0
                ? Optional.of(megabytes + " MB of resident memory " + served.toSeconds()
                        + " s after it was ready, and its limit is " + rss)
                : Optional.empty();
    }

    private static Optional<Reached> reached(RecycleCause cause, String words) {
        return Optional.of(new Reached(cause, words));
    }
}
