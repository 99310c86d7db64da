package io.github.jettympm.child;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.RequestTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, on a thread of its own, at the request of a child, and says where its thread is, or ends the process, when it
 * takes too long. The serving thread is not stopped and has nothing to do for it but to say who it is.
 *
 * <p>What is stuck may hold the lock of the log, and then nothing can be said; the process ends all the same. It may also be
 * in a loop that never comes to a safepoint, without which a virtual machine does not even halt; then its parent kills it, as
 * {@code StuckRequests} says.
 */
final class SlowRequestWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequestWatch.class);
    private static final long PERIOD_MILLIS = 250;
    /** What is to be said is said within that time, or not before anything else happens. */
    private static final Duration SAYING = Duration.ofSeconds(2);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Traffic traffic;
    private final BooleanSupplier connected;
    private final SlowRequest decider;
    private final Runnable onSlow;
    private final Runnable end;
    private volatile Thread serving;
    private boolean failed;

    /**
     * Makes a watch that does not look yet.
     *
     * @param traffic what the child serves
     * @param connected whether it has a connection
     * @param times the limits
     * @param onSlow called for each request of which the log says that it is slow
     * @param end ends the process at once
     */
    SlowRequestWatch(Traffic traffic, BooleanSupplier connected, RequestTimes times, Runnable onSlow, Runnable end) {
        this.traffic = traffic;
        this.connected = connected;
        this.decider = new SlowRequest(times);
        this.onSlow = onSlow;
        this.end = end;
    }

    void start() {
        Thread watch = new Thread(this::run, "mpm-request-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** The calling thread begins to serve a request. */
    void serving() {
        serving = Thread.currentThread();
    }

    private void run() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted; slow requests are not looked for any more");
        }
    }

    /**
     * Looks once. Whatever happens, there may be another look.
     *
     * @param now the time
     * @throws InterruptedException if the thread was interrupted while something was said
     */
    void look(long now) throws InterruptedException {
        try {
            lookUnguarded(now);
        } catch (RuntimeException | Error e) {
            if (!failed) {
                failed = true;
                say(() -> LOG.warn("looking for slow requests has failed, and is tried again each time", e));
            }
        }
    }

    private void lookUnguarded(long now) throws InterruptedException {
        long begin = traffic.since();
        if (!isServed(begin)) {
            return;
        }
        String request = traffic.request() + " for " + traffic.client();
        double seconds = (now - begin) / NANOS_PER_SECOND;
        switch (decider.look(begin, now)) {
            case LOG -> {
                onSlow.run();
                say(() -> LOG.warn("{} is served for {} s now; {}", request, seconds, stack()));
            }
            case END -> end(begin, request, seconds);
            case NOTHING -> {}
        }
    }

    /** Whether the request that began then is served still. */
    private boolean isServed(long begin) {
        boolean serves = connected.getAsBoolean() && traffic.activity() == Activity.WRITING;
        return serves && traffic.since() == begin;
    }

    /** The request may come to its end while this is said, and the next begin, which has done nothing wrong. */
    private void end(long begin, String request, double seconds) throws InterruptedException {
        try {
            say(() -> LOG.error("{} is served for {} s, and this child ends; {}", request, seconds, stack()));
        } finally {
            endUnlessOver(begin);
        }
    }

    private void endUnlessOver(long begin) throws InterruptedException {
        if (isServed(begin)) {
            end.run();
        } else {
            say(() -> LOG.info("the request has come to its end meanwhile, and this child goes on"));
        }
    }

    /** What is stuck may hold the lock of the log, or nobody reads it. */
    private static void say(Runnable words) throws InterruptedException {
        Thread speaker = new Thread(words, "mpm-request-report");
        speaker.setDaemon(true);
        speaker.start();
        speaker.join(SAYING.toMillis());
    }

    private String stack() {
        Thread thread = serving;
        return thread == null
                ? "its thread is not known"
                : thread.getName() + " is at\n"
                        + Arrays.stream(thread.getStackTrace())
                                .map(frame -> "\tat " + frame)
                                .collect(Collectors.joining("\n"));
    }
}
