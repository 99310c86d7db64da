package io.github.jettympm.event;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.MultiProcessConnector;
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

/**
 * Keeps connections at event loops and takes a thread of the server's pool for one only while a request is active, as
 * httpd's event MPM: the one to choose when most clients are idle most of the time.
 */
@ManagedObject("HTTP connector with event loops")
public class EventConnector extends MultiProcessConnector {
    private static final int MOST_LOOPS = 1_000;

    private final int selectors;

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
     * @param selectors number of event loops, 0 or less for the default: half the processors, at least one
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
     * @param selectors number of event loops, 0 or less for the default: half the processors, at least one
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
     * @param selectors number of event loops, 0 or less for the default: half the processors, at least one
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
     * @param selectors number of event loops, 0 or less for the default: half the processors, at least one
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
        this.selectors = selectors > 0 ? selectors : Math.max(1, ProcessorUtils.availableProcessors() / 2);
    }

    @Override
    protected String propertyPrefix() {
        return "jetty.event";
    }

    @Override
    protected ConnectionEngine newEngine(ConnectionEvents events) {
        int loops = Ranges.require("jetty.http.selectors or jetty.ssl.selectors", selectors, 1, MOST_LOOPS);
        return new EventEngine(events, loops, threadName("event"));
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
}
