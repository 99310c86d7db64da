package io.github.jettympm.child;

import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.RequestTimes;
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
 */
final class SlowRequestWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequestWatch.class);
    private static final long PERIOD_MILLIS = 250;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Traffic traffic;
    private final BooleanSupplier connected;
    private final SlowRequest decider;
    private final Runnable onSlow;
    private volatile Thread serving;

    /**
     * Makes a watch that does not look yet.
     *
     * @param traffic what the child serves
     * @param connected whether it has a connection
     * @param times the limits
     * @param onSlow called for each request of which the log says that it is slow
     */
    SlowRequestWatch(Traffic traffic, BooleanSupplier connected, RequestTimes times, Runnable onSlow) {
        this.traffic = traffic;
        this.connected = connected;
        this.decider = new SlowRequest(times);
        this.onSlow = onSlow;
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

    private void look(long now) {
        long begin = traffic.since();
        boolean serves = connected.getAsBoolean() && traffic.activity() == Activity.WRITING;
        if (!serves || traffic.since() != begin) {
            return;
        }
        double seconds = (now - begin) / NANOS_PER_SECOND;
        switch (decider.look(begin, now)) {
            case LOG -> {
                onSlow.run();
                LOG.warn("{} for {} is served for {} s now; {}", traffic.request(), traffic.client(), seconds, stack());
            }
            case END -> {
                LOG.error(
                        "{} for {} is served for {} s, and this child ends; {}",
                        traffic.request(),
                        traffic.client(),
                        seconds,
                        stack());
                Runtime.getRuntime().halt(ExitStatus.REQUEST_TOO_LONG.code());
            }
            case NOTHING -> {}
        }
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
