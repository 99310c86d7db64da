package io.github.jettympm.event;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.ProcessesConnector;
import io.github.jettympm.settings.Ranges;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ProcessorUtils;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.Name;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * Keeps connections at event loops and takes a thread of the server's pool for one only while a request is active, as
 * httpd's event MPM: the one to choose when most clients are idle most of the time.
 */
@ManagedObject("HTTP connector with event loops")
public class EventConnector extends ProcessesConnector {
    private static final String MODEL = "event";
    private static final int MOST_LOOPS = 1_000;
    private static final int THREADS_PER_LOOP = 16; // as ServerConnector, so that loops do not use up a small pool

    /** As httpd's {@code ThreadLimit} cannot exceed 100,000 for the event model (mpm_default.h). */
    private static final int MOST_WORKERS = 100_000;

    private static final int MOST_FACTOR = 1_000_000;

    private final int selectors;
    private final LoopExecutor loopExecutor;
    private int maxRequestWorkers;
    private double asyncRequestWorkerFactor = 2;

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     */
    public EventConnector(@Name("server") Server server) {
        this(server, null, null, null, -1, -1, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors number of event loops, 0 or less for the default: one for each processor, and at most one for 16
     *     threads of the server
     */
    public EventConnector(
            @Name("server") Server server, @Name("acceptors") int acceptors, @Name("selectors") int selectors) {
        this(server, null, null, null, acceptors, selectors, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for the given protocols.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors number of event loops, 0 or less for the default: one for each processor, and at most one for 16
     *     threads of the server
     * @param factories the protocols of this connector, the first is the default
     */
    public EventConnector(
            @Name("server") Server server,
            @Name("acceptors") int acceptors,
            @Name("selectors") int selectors,
            @Name("factories") ConnectionFactory... factories) {
        this(server, null, null, null, acceptors, selectors, factories);
    }

    /**
     * Makes a connector for the given protocols.
     *
     * @param server the server this connector accepts connections for
     * @param factories the protocols of this connector, the first is the default
     */
    public EventConnector(@Name("server") Server server, @Name("factories") ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, factories);
    }

    /**
     * Makes a connector for HTTP/1.1 over TLS.
     *
     * @param server the server this connector accepts connections for
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public EventConnector(
            @Name("server") Server server, @Name("sslContextFactory") SslContextFactory.Server sslContextFactory) {
        this(
                server,
                null,
                null,
                null,
                -1,
                -1,
                AbstractConnectionFactory.getFactories(sslContextFactory, new HttpConnectionFactory()));
    }

    /**
     * Makes a connector for HTTP/1.1 over TLS.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors number of event loops, 0 or less for the default: one for each processor, and at most one for 16
     *     threads of the server
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public EventConnector(
            @Name("server") Server server,
            @Name("acceptors") int acceptors,
            @Name("selectors") int selectors,
            @Name("sslContextFactory") SslContextFactory.Server sslContextFactory) {
        this(
                server,
                null,
                null,
                null,
                acceptors,
                selectors,
                AbstractConnectionFactory.getFactories(sslContextFactory, new HttpConnectionFactory()));
    }

    /**
     * Makes a connector for the given protocols over TLS.
     *
     * @param server the server this connector accepts connections for
     * @param sslContextFactory configuration of TLS, or null for clear text
     * @param factories the protocols of this connector, the first is the default
     */
    public EventConnector(
            @Name("server") Server server,
            @Name("sslContextFactory") SslContextFactory.Server sslContextFactory,
            @Name("factories") ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, AbstractConnectionFactory.getFactories(sslContextFactory, factories));
    }

    /**
     * Makes a connector; the one that all other constructors come down to.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors number of event loops, 0 or less for the default: one for each processor, and at most one for 16
     *     threads of the server
     * @param factories the protocols of this connector, the first is the default
     */
    public EventConnector(
            @Name("server") Server server,
            @Name("executor") Executor executor,
            @Name("scheduler") Scheduler scheduler,
            @Name("bufferPool") ByteBufferPool bufferPool,
            @Name("acceptors") int acceptors,
            @Name("selectors") int selectors,
            @Name("factories") ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
        Executor own = super.getExecutor();
        this.selectors = selectors > 0 ? selectors : defaultSelectors(own);
        this.loopExecutor = own instanceof ThreadPool pool ? new LoopExecutor(pool) : null;
    }

    /**
     * What runs tasks of connections that cannot run where they come up.
     *
     * @return the executor that this connector was made with, as a rule the server's thread pool; while the connector runs,
     *     behind one that leaves to an event loop what is for the loop
     */
    @Override
    public Executor getExecutor() {
        return loopExecutor != null && loopExecutor.isServing() ? loopExecutor : super.getExecutor();
    }

    /**
     * One for each processor, since a loop runs short requests itself: with fewer, processors stand idle while requests wait
     * behind each other.
     */
    private static int defaultSelectors(Executor executor) {
        int processors = ProcessorUtils.availableProcessors();
        return executor instanceof ThreadPool.SizedThreadPool pool
                ? Math.max(1, Math.min(processors, pool.getMaxThreads() / THREADS_PER_LOOP))
                : processors;
    }

    @Override
    protected String model() {
        return MODEL;
    }

    @Override
    protected ConnectionEngine newEngine(ConnectionEvents events) {
        return new EventEngine(
                events,
                selectors,
                loopExecutor,
                new AdmissionGate(
                        followsThreads() ? getThreadsPerChild() : maxRequestWorkers, asyncRequestWorkerFactor),
                threadName(MODEL));
    }

    @Override
    protected int maxRequests() {
        return maxRequestWorkers > 0 ? maxRequestWorkers : super.maxRequests();
    }

    @Override
    protected void checkSettings() {
        super.checkSettings();
        Ranges.require("jetty.http.selectors or jetty.ssl.selectors", selectors, 1, MOST_LOOPS);
        Ranges.require(getPropertyPrefix() + ".maxRequestWorkers", maxRequestWorkers, 0, MOST_WORKERS);
        if (!(asyncRequestWorkerFactor >= 0 && asyncRequestWorkerFactor <= MOST_FACTOR)) {
            throw new IllegalArgumentException(getPropertyPrefix() + ".asyncRequestWorkerFactor="
                    + asyncRequestWorkerFactor + " is out of range: use 0 to " + MOST_FACTOR);
        }
    }

    /**
     * How many event loops there are.
     *
     * @return 1 or more
     */
    @ManagedAttribute("Number of event loops")
    public int getSelectors() {
        return selectors;
    }

    /**
     * How many requests may run at once (httpd's {@code MaxRequestWorkers}, for one process).
     *
     * @return a number, 0 by default: the server's thread pool bounds requests and nothing bounds connections, as in
     *     {@code ServerConnector}; if {@code startServers} is set, that of all children together, 0 for those of as many children
     *     as memory allows, and of 16 at the most
     */
    @Override
    @ManagedAttribute("Most requests that run at once, 0 for as many as the server has threads")
    public int getMaxRequestWorkers() {
        return maxRequestWorkers;
    }

    /**
     * Sets how many requests may run at once. A request runs while it has a thread: one that waits asynchronously does not
     * count. A stream of HTTP/2 is a request like any other. Others wait, and are begun in the order in which they came.
     *
     * <p>With a bound here, connections are bounded as well, see {@link #setAsyncRequestWorkerFactor}. Takes effect when the
     * connector is started.
     *
     * <p>If {@code startServers} is set this is a bound for all children together, a multiple of {@link #getThreadsPerChild()},
     * which is that of each.
     *
     * @param maxRequestWorkers 1 to 100,000, or 0 for no bound on requests but the server's thread pool, and none on
     *     connections
     */
    public void setMaxRequestWorkers(int maxRequestWorkers) {
        this.maxRequestWorkers = maxRequestWorkers;
    }

    /**
     * How many connections there may be for each idle worker (httpd's {@code AsyncRequestWorkerFactor}).
     *
     * @return a number, 2 by default
     */
    @ManagedAttribute("Connections for each idle worker, besides one for each of maxRequestWorkers")
    public double getAsyncRequestWorkerFactor() {
        return asyncRequestWorkerFactor;
    }

    /**
     * Sets how many connections there may be for each idle worker: in all, {@code maxRequestWorkers} and this many for each
     * of them that is idle. Idle connections count, as in httpd; so with 400 workers and the default there are at most 1,200,
     * and 10,000 of which most are idle need a factor of 25.
     *
     * <p>When there is no room for one more, new connections wait in the queue of the listening socket, and the kept-alive
     * connection that has waited longest for its next request is closed to make room. Has no effect while
     * {@code maxRequestWorkers} is 0. Takes effect when the connector is started.
     *
     * @param asyncRequestWorkerFactor 0 to 1,000,000; unlike httpd, which takes 1.5 for 1, with its fraction
     */
    public void setAsyncRequestWorkerFactor(double asyncRequestWorkerFactor) {
        this.asyncRequestWorkerFactor = asyncRequestWorkerFactor;
    }
}
