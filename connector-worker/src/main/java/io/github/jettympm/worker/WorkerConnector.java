package io.github.jettympm.worker;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.ProcessesConnector;
import io.github.jettympm.blocking.BlockingEngine;
import io.github.jettympm.settings.SpareThreads;
import io.github.jettympm.settings.ThreadSettings;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.Name;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Serves each connection with a thread of its own, as httpd's worker MPM: the thread reads a request, handles it and
 * writes the response, with two system calls for a kept-alive request.
 *
 * <p>A connection that cannot be served by one thread (an asynchronous servlet, WebSocket, HTTP/2) moves to a selector
 * and gives its thread back.
 */
@ManagedObject("HTTP connector with a thread per connection")
public class WorkerConnector extends ProcessesConnector {
    private static final String MODEL = "worker";
    private static final int DEFAULT_MIN_SPARE_THREADS = 4;
    private static final int DEFAULT_MAX_SPARE_THREADS = 64;

    /** As httpd's MaxRequestWorkers: 16 processes of 25 threads (worker.c). */
    private static final int DEFAULT_MAX_THREADS = 400;

    private static final int DEFAULT_MAX_VIRTUAL_THREADS = 20_000;

    private Integer maxThreads; // null until it is set
    private int maxRequestWorkers;
    private boolean virtualThreads;
    private volatile BlockingEngine engine;

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     */
    public WorkerConnector(@Name("server") Server server) {
        this(server, null, null, null, -1, -1, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors has no effect: a connection is served by one thread
     */
    public WorkerConnector(
            @Name("server") Server server, @Name("acceptors") int acceptors, @Name("selectors") int selectors) {
        this(server, null, null, null, acceptors, selectors, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for the given protocols.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors has no effect: a connection is served by one thread
     * @param factories the protocols of this connector, the first is the default
     */
    public WorkerConnector(
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
    public WorkerConnector(@Name("server") Server server, @Name("factories") ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, factories);
    }

    /**
     * Makes a connector for HTTP/1.1 over TLS.
     *
     * @param server the server this connector accepts connections for
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public WorkerConnector(
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
     * @param selectors has no effect: a connection is served by one thread
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public WorkerConnector(
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
    public WorkerConnector(
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
     * @param selectors has no effect: a connection is served by one thread
     * @param factories the protocols of this connector, the first is the default
     */
    public WorkerConnector(
            @Name("server") Server server,
            @Name("executor") Executor executor,
            @Name("scheduler") Scheduler scheduler,
            @Name("bufferPool") ByteBufferPool bufferPool,
            @Name("acceptors") int acceptors,
            @Name("selectors") int selectors,
            @Name("factories") ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    @Override
    protected String model() {
        return MODEL;
    }

    @Override
    protected ConnectionEngine newEngine(ConnectionEvents events) {
        engine = BlockingEngine.threadPerConnection(events, threadSettings(), threadName(MODEL));
        return engine;
    }

    @Override
    protected int maxRequests() {
        return getMaxThreads();
    }

    @Override
    protected void checkSettings() {
        super.checkSettings();
        threadSettings();
    }

    private ThreadSettings threadSettings() {
        if (virtualThreads && !VirtualThreads.areSupported()) {
            throw new IllegalArgumentException(
                    getPropertyPrefix() + ".virtualThreads=true needs Java 21 or newer, and this is Java "
                            + Runtime.version().feature() + ": start the server with a newer one, or set it to false");
        }
        if (followsThreads()) { // all are there from the beginning, so that the parent sees how many are idle
            return new ThreadSettings(
                    getPropertyPrefix(),
                    getThreadsPerChild(),
                    getThreadsPerChild(),
                    getThreadsPerChild(),
                    virtualThreads);
        }
        int least = getMinSpareThreads() == SpareThreads.DEFAULT
                ? Math.min(DEFAULT_MIN_SPARE_THREADS, getMaxThreads())
                : getMinSpareThreads();
        int most = getMaxSpareThreads() == SpareThreads.DEFAULT
                ? Math.min(Math.max(DEFAULT_MAX_SPARE_THREADS, least), getMaxThreads())
                : getMaxSpareThreads();
        return new ThreadSettings(getPropertyPrefix(), least, most, getMaxThreads(), virtualThreads);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Otherwise the threads of this process that wait for a connection: 1 to {@link #getMaxThreads()},
     * {@value #DEFAULT_MIN_SPARE_THREADS} by default.
     */
    @Override
    @ManagedAttribute("Least number of threads that wait for a connection, -1 for the default")
    public int getMinSpareThreads() {
        return super.getMinSpareThreads();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Otherwise the threads of this process that wait for a connection, {@link #getMinSpareThreads()} to
     * {@link #getMaxThreads()}; a thread that would be one more ends. {@value #DEFAULT_MAX_SPARE_THREADS} by default.
     */
    @Override
    @ManagedAttribute("Greatest number of threads that wait for a connection, -1 for the default")
    public int getMaxSpareThreads() {
        return super.getMaxSpareThreads();
    }

    @Override
    @ManagedAttribute(
            "Requests that all child processes serve at once, if their number follows the load, 0 for the default")
    public int getMaxRequestWorkers() {
        return maxRequestWorkers;
    }

    /**
     * Sets how many requests all children together serve at the most, and so how many threads they have; further connections
     * wait in the queue of the listening socket. Has an effect only if {@code startServers} is set; otherwise the limit of each
     * process is {@link #setMaxThreads maxThreads}.
     *
     * @param maxRequestWorkers a multiple of {@link #getThreadsPerChild()}, or 0 for those of as many children as memory
     *     allows, and of 16 at the most; the log says at the start how many that are
     */
    public void setMaxRequestWorkers(int maxRequestWorkers) {
        this.maxRequestWorkers = maxRequestWorkers;
    }

    /**
     * How many threads there are at the most, and so how many connections are served at once (httpd's {@code
     * MaxRequestWorkers}); further ones wait in the queue of the listening socket.
     *
     * @return 1 to {@value ThreadSettings#MOST_THREADS}, or to {@value ThreadSettings#MOST_VIRTUAL_THREADS} virtual ones;
     *     by default {@value #DEFAULT_MAX_THREADS}, or {@value #DEFAULT_MAX_VIRTUAL_THREADS} virtual ones
     */
    @ManagedAttribute("Greatest number of threads, and of connections served at once")
    public int getMaxThreads() {
        if (maxThreads != null) {
            return maxThreads;
        }
        return virtualThreads ? DEFAULT_MAX_VIRTUAL_THREADS : DEFAULT_MAX_THREADS;
    }

    /**
     * Sets how many threads there are at the most in each process. Takes effect when the connector is started, which refuses
     * a number out of range. Has no effect if {@code startServers} is set: then it is {@link #getThreadsPerChild()}.
     *
     * @param maxThreads 1 to {@value ThreadSettings#MOST_THREADS}, or to {@value ThreadSettings#MOST_VIRTUAL_THREADS}
     *     virtual ones
     */
    public void setMaxThreads(int maxThreads) {
        this.maxThreads = maxThreads;
    }

    /**
     * Whether connections are served by virtual threads.
     *
     * @return false by default
     */
    @ManagedAttribute("Whether connections are served by virtual threads")
    public boolean isVirtualThreads() {
        return virtualThreads;
    }

    /**
     * Sets whether connections are served by virtual threads, one for each, up to {@link #getMaxThreads()}. Takes effect
     * when the connector is started, which fails if the Java virtual machine is older than 21.
     *
     * <p>A virtual thread that blocks while it holds a monitor ({@code synchronized}) keeps its carrier, a platform
     * thread, up to Java 23 (JEP 491 ended that in 24), and there are as many carriers as processors.
     *
     * @param virtualThreads whether to use virtual threads
     */
    public void setVirtualThreads(boolean virtualThreads) {
        this.virtualThreads = virtualThreads;
    }

    /**
     * How many threads there are now.
     *
     * @return 0 while the connector is stopped
     */
    @ManagedAttribute("Number of threads")
    public int getThreads() {
        BlockingEngine current = engine;
        return current == null ? 0 : current.threads();
    }

    /**
     * How many threads wait for a connection now.
     *
     * @return 0 while the connector is stopped
     */
    @ManagedAttribute("Number of threads that wait for a connection")
    public int getSpareThreads() {
        BlockingEngine current = engine;
        return current == null ? 0 : current.spareThreads();
    }
}
