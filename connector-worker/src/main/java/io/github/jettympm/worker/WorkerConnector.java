package io.github.jettympm.worker;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.ProcessesConnector;
import io.github.jettympm.blocking.BlockingEngine;
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
    private static final String PREFIX = "jetty.worker";
    private static final int DEFAULT_MIN_SPARE_THREADS = 4;
    private static final int DEFAULT_MAX_SPARE_THREADS = 64;

    /** As httpd's MaxRequestWorkers: 16 processes of 25 threads (worker.c). */
    private static final int DEFAULT_MAX_THREADS = 400;

    private static final int DEFAULT_MAX_VIRTUAL_THREADS = 20_000;

    private int minSpareThreads = DEFAULT_MIN_SPARE_THREADS;
    private int maxSpareThreads = DEFAULT_MAX_SPARE_THREADS;
    private Integer maxThreads; // null until it is set
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
    protected String propertyPrefix() {
        return PREFIX;
    }

    @Override
    protected ConnectionEngine newEngine(ConnectionEvents events) {
        engine = BlockingEngine.threadPerConnection(events, threadSettings(), threadName("worker"));
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
            throw new IllegalArgumentException(PREFIX + ".virtualThreads=true needs Java 21 or newer, and this is Java "
                    + Runtime.version().feature() + ": start the server with a newer one, or set it to false");
        }
        return new ThreadSettings(PREFIX, minSpareThreads, maxSpareThreads, getMaxThreads(), virtualThreads);
    }

    /**
     * How many threads wait for a connection, at the least (httpd's {@code MinSpareThreads}).
     *
     * @return 1 to {@link #getMaxThreads()}, {@value #DEFAULT_MIN_SPARE_THREADS} by default
     */
    @ManagedAttribute("Least number of threads that wait for a connection")
    public int getMinSpareThreads() {
        return minSpareThreads;
    }

    /**
     * Sets how many threads wait for a connection, at the least. Takes effect when the connector is started, which
     * refuses a number out of range.
     *
     * @param minSpareThreads 1 to {@link #getMaxThreads()}
     */
    public void setMinSpareThreads(int minSpareThreads) {
        this.minSpareThreads = minSpareThreads;
    }

    /**
     * How many threads wait for a connection, at the most (httpd's {@code MaxSpareThreads}).
     *
     * @return {@link #getMinSpareThreads()} to {@link #getMaxThreads()}, {@value #DEFAULT_MAX_SPARE_THREADS} by default
     */
    @ManagedAttribute("Greatest number of threads that wait for a connection")
    public int getMaxSpareThreads() {
        return maxSpareThreads;
    }

    /**
     * Sets how many threads wait for a connection, at the most; a thread that would be one more ends. Takes effect when
     * the connector is started, which refuses a number out of range.
     *
     * @param maxSpareThreads {@link #getMinSpareThreads()} to {@link #getMaxThreads()}
     */
    public void setMaxSpareThreads(int maxSpareThreads) {
        this.maxSpareThreads = maxSpareThreads;
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
     * Sets how many threads there are at the most. Takes effect when the connector is started, which refuses a number
     * out of range.
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
