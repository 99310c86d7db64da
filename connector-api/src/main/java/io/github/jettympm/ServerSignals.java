package io.github.jettympm;

import io.github.jettympm.protocol.HangUp;
import io.github.jettympm.protocol.Signals;
import io.github.jettympm.status.StatusSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process of a server does when it gets a signal: SIGHUP restarts the children of all connectors, gracefully, and
 * SIGUSR2 logs how the server is. Children ignore both; SIGTERM is Jetty's own, and so is SIGHUP where it has to stop the
 * server ({@link HangUp}).
 *
 * <p>A program that a server is embedded in may have handlers of its own: there SIGUSR2 is left alone while there are no
 * children, and whatever handler was there before comes back when the server stops.
 */
final class ServerSignals implements LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSignals.class);

    private static final long LEAST_PAUSE = 1_000_000_000L; // ns

    private final StatusSource status;
    private final List<ChildPool> pools = new ArrayList<>();
    private final List<Signals.Former> formers = new ArrayList<>();
    private boolean started;
    private boolean restartIsWanted; // since a signal came before the server had started
    private boolean hangUpIsSettled;
    private boolean summarises;
    private boolean everSummarised;
    private long lastSummary;

    private ServerSignals(StatusSource status) {
        this.status = status;
    }

    /**
     * The ones of a server, shared by its connectors.
     *
     * @param status reads how the server is
     */
    static ServerSignals of(Server server, StatusSource status) {
        synchronized (server) {
            ServerSignals signals = server.getBean(ServerSignals.class);
            if (signals == null) {
                signals = new ServerSignals(status);
                server.addBean(signals, false);
                server.addEventListener(signals);
            }
            return signals;
        }
    }

    /**
     * This process is a parent. Called before its children start, which may take minutes: a signal that comes meanwhile would
     * stop the server.
     */
    synchronized void expectChildren() {
        if (!hangUpIsSettled) {
            hangUpIsSettled = settleHangUp();
        }
        summarise();
    }

    synchronized void add(ChildPool pool) {
        pools.add(pool);
    }

    private boolean settleHangUp() {
        String otherwise = "the operation gracefulRestart of JMX restarts the children";
        if (HangUp.stops(ProcessHandle.current().pid())) {
            LOG.info(
                    "SIGHUP stops this server, since jetty.sh has started it with start-stop-daemon and so stops it; {},"
                            + " and with USE_START_STOP_DAEMON=0 for jetty.sh SIGHUP does",
                    otherwise);
            return true;
        }
        return handle("HUP", this::renewAll, otherwise);
    }

    synchronized void remove(ChildPool pool) {
        pools.remove(pool);
    }

    /** Without children, only a process that is nothing but this server handles SIGUSR2. */
    @Override
    public synchronized void lifeCycleStarted(LifeCycle server) {
        started = true;
        if (restartIsWanted) {
            restartIsWanted = false;
            renewAll();
        }
        if (System.getProperty("jetty.base") != null) {
            summarise();
        }
    }

    private synchronized void summarise() {
        if (!summarises) {
            summarises = handle("USR2", this::logStatus, "mpm status prints what it would log");
        }
    }

    private boolean handle(String name, Runnable action, String otherwise) {
        try {
            formers.add(Signals.handle(name, action));
            return true;
        } catch (ReflectiveOperationException e) {
            LOG.info("SIG{} has no effect here; {}", name, otherwise, e);
            return false;
        }
    }

    @Override
    public void lifeCycleStopped(LifeCycle server) {
        release();
    }

    @Override
    public void lifeCycleFailure(LifeCycle server, Throwable cause) {
        release();
    }

    private synchronized void release() {
        for (int i = formers.size() - 1; i >= 0; i--) {
            formers.get(i).restore();
        }
        formers.clear();
        hangUpIsSettled = false;
        summarises = false;
        started = false;
        restartIsWanted = false;
    }

    private synchronized void renewAll() {
        if (!started) {
            LOG.info("SIGHUP: the children are restarted once the server has started");
            restartIsWanted = true;
            return;
        }
        LOG.info("SIGHUP: restarting the children gracefully");
        pools.forEach(ChildPool::renew);
    }

    /** The virtual machine's own recorder sends SIGUSR2 as well, many times a second: so at most once a second. */
    private synchronized void logStatus() {
        long now = System.nanoTime();
        if (everSummarised && now - lastSummary < LEAST_PAUSE) {
            return;
        }
        everSummarised = true;
        lastSummary = now;
        try {
            StatusSummary.lines(status.read()).forEach(line -> LOG.info("SIGUSR2: {}", line));
        } catch (IOException e) {
            LOG.info("SIGUSR2: {}", e.getMessage());
        }
    }
}
