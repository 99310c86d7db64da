package io.github.jettympm;

import io.github.jettympm.status.StatusSummary;
import io.github.jettympm.systemd.ServiceManager;
import io.github.jettympm.systemd.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the service manager of a server's process informed: that the server has started, that it takes up a new
 * configuration, that it lives and what it does, and that it stops.
 *
 * <p>Jetty calls it from the threads that start and stop the server; a thread of its own, {@code mpm-service-notice}, says
 * the rest.
 */
final class ServiceNotice implements LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotice.class);

    /** As php-fpm's {@code systemd_interval}. */
    private static final Duration STATUS_PERIOD = Duration.ofSeconds(10);

    private final ServiceManager manager;
    private final Optional<Watchdog> watchdog;
    private final StatusSource status;
    private final List<Supplier<Duration>> heartbeats = new ArrayList<>();
    private CountDownLatch stopped = new CountDownLatch(1);
    private int renewals;
    private boolean stopping;
    private boolean stuck;

    ServiceNotice(ServiceManager manager, StatusSource status) {
        this.manager = manager;
        this.watchdog = manager.watchdog().map(Watchdog::new);
        this.status = status;
    }

    /**
     * The one of a server, shared by its connectors.
     *
     * @param status reads how the server is
     * @return empty if no service manager wants to be told anything
     */
    static Optional<ServiceNotice> of(Server server, StatusSource status) {
        synchronized (server) {
            ServiceNotice notice = server.getBean(ServiceNotice.class);
            if (notice == null) {
                Optional<ServiceManager> manager = ServiceManager.find(
                        System.getenv(), ProcessHandle.current().pid());
                if (manager.isEmpty()) {
                    return Optional.empty();
                }
                notice = new ServiceNotice(manager.get(), status);
                server.addBean(notice, false);
                server.addEventListener(notice);
            }
            return Optional.of(notice);
        }
    }

    /**
     * A heartbeat is to be watched.
     *
     * @param sinceBeat says how long ago the last beat was
     */
    synchronized void add(Supplier<Duration> sinceBeat) {
        heartbeats.add(sinceBeat);
    }

    /** It is not to be watched any more. */
    synchronized void remove(Supplier<Duration> sinceBeat) {
        heartbeats.remove(sinceBeat);
    }

    /** Children are restarted until that is completed, in whatever way, by a thread that holds a lock of its own. */
    void during(CompletableFuture<Integer> renewal) {
        renewalBegins();
        renewal.whenCompleteAsync((generation, failure) -> renewalEnds());
    }

    private synchronized void renewalBegins() {
        renewals++;
        if (renewals == 1 && !stopping) {
            manager.reloading("restarting the children");
        }
    }

    private synchronized void renewalEnds() {
        renewals--;
        if (renewals == 0 && !stopping) {
            manager.ready(summary());
        }
    }

    @Override
    public synchronized void lifeCycleStarted(LifeCycle server) {
        stopping = false;
        stopped = new CountDownLatch(1);
        manager.ready(summary());
        Thread thread = new Thread(this::run, "mpm-service-notice");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void lifeCycleStopping(LifeCycle server) {
        stopping = true;
        manager.stopping("finishing what has begun");
    }

    @Override
    public synchronized void lifeCycleStopped(LifeCycle server) {
        stopped.countDown();
    }

    private void run() {
        CountDownLatch end = end();
        Duration period = watchdog.map(Watchdog::period)
                .filter(it -> it.compareTo(STATUS_PERIOD) < 0)
                .orElse(STATUS_PERIOD);
        long statusDue = System.nanoTime() + STATUS_PERIOD.toNanos();
        try {
            do {
                keepAlive();
                if (System.nanoTime() - statusDue >= 0) {
                    statusDue += STATUS_PERIOD.toNanos();
                    sayStatus();
                }
            } while (!end.await(period.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.warn("interrupted; the service manager is not told any more that this server lives");
        }
    }

    private synchronized CountDownLatch end() {
        return stopped;
    }

    private synchronized void sayStatus() {
        if (!stopping && renewals == 0) {
            manager.status(summary());
        }
    }

    /** While the server stops, children are waited for, and the drain timeout is the limit. */
    synchronized void keepAlive() {
        if (watchdog.isEmpty()) {
            return;
        }
        Duration sinceBeat = heartbeats.stream()
                .map(Supplier::get)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (stopping || watchdog.get().allows(sinceBeat)) {
            stuck = false;
            manager.keepAlive();
        } else if (!stuck) {
            stuck = true;
            LOG.error(
                    "the heartbeat that looks after the children has been stuck for {} s, so the watchdog is not told that"
                            + " this server lives",
                    sinceBeat.toSeconds());
        }
    }

    private String summary() {
        try {
            return StatusSummary.line(status.read());
        } catch (IOException e) {
            return "serving";
        }
    }
}
