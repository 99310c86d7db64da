package io.github.jettympm.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what the holders of loops are doing, as Go's {@code sysmon} looks at processors: one thread for all loops of a
 * connector.
 *
 * <pre>
 *             nothing happened for {@value #QUIET_TICKS} ticks
 *   TICKING ---------------------------------------&gt; ASLEEP, at no cost
 *      ^                                                |
 *      +------------------------------------------------+
 *              a request begins ({@link #wake})
 * </pre>
 */
final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    /** A request is taken for stuck when two ticks see it, so after one to two of them. */
    static final Duration TICK = Duration.ofNanos(500_000);

    /** 10 ms: under load the watcher is never woken, and the first request after a pause wakes it at the cost of 5 us. */
    static final int QUIET_TICKS = 20;

    /** What is looked at. Called by the watcher's thread alone. */
    interface Watched {
        /**
         * Looks, and does what is necessary.
         *
         * @return whether there is a reason to look again soon
         */
        boolean watch();
    }

    private final Thread thread;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private volatile boolean ticking;
    private volatile boolean running = true;

    Watcher(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void watch(Watched loop) {
        watched.add(loop);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        running = false;
        LockSupport.unpark(thread);
        thread.join();
    }

    /** Makes sure that it ticks. Any thread may call it; costs one read while it does. */
    void wake() {
        if (!ticking) {
            ticking = true;
            LockSupport.unpark(thread);
        }
    }

    boolean isTicking() {
        return ticking;
    }

    private void run() {
        int quiet = 0;
        while (running) {
            quiet = look() ? 0 : quiet + 1;
            if (quiet < QUIET_TICKS) {
                LockSupport.parkNanos(this, TICK.toNanos());
            } else {
                sleep();
                quiet = 0;
            }
        }
    }

    private boolean look() {
        boolean active = false;
        for (Watched loop : watched) {
            active |= lookAt(loop);
        }
        return active;
    }

    private static boolean lookAt(Watched loop) {
        try {
            return loop.watch();
        } catch (Throwable e) {
            LOG.warn("{} could not be helped; trying again", loop, e);
            return true;
        }
    }

    /** A request that began just before {@code ticking} was cleared did not wake it, so it looks once more. */
    private void sleep() {
        ticking = false;
        if (look()) {
            ticking = true;
        }
        while (running && !ticking) {
            LockSupport.park(this);
        }
    }
}
