package io.github.jettympm.prefork;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.PoolConnector;
import io.github.jettympm.blocking.BlockingEngine;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.Name;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Serves each connection in a child process that serves nothing else meanwhile, as httpd's prefork MPM.
 *
 * <p>The process that the connector is configured in becomes the parent: it opens the port, runs no application, and
 * keeps children, virtual machines of their own that run the same configuration and wait for connections on the parent's
 * listening socket. So an application, or native code under it, that is not safe for threads sees one request at a
 * time, and one that crashes takes its own request with it and no other.
 */
@ManagedObject("HTTP connector with a child process per connection")
public class PreforkConnector extends PoolConnector {
    private static final String MODEL = "prefork";

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     */
    public PreforkConnector(@Name("server") Server server) {
        this(server, null, null, null, -1, -1, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for HTTP/1.1 in clear text.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors has no effect: a child serves one connection with one thread
     */
    public PreforkConnector(
            @Name("server") Server server, @Name("acceptors") int acceptors, @Name("selectors") int selectors) {
        this(server, null, null, null, acceptors, selectors, new HttpConnectionFactory());
    }

    /**
     * Makes a connector for the given protocols.
     *
     * @param server the server this connector accepts connections for
     * @param acceptors has no effect, since there are no acceptor threads; it is here as in {@code ServerConnector}
     * @param selectors has no effect: a child serves one connection with one thread
     * @param factories the protocols of this connector, the first is the default
     */
    public PreforkConnector(
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
    public PreforkConnector(@Name("server") Server server, @Name("factories") ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, factories);
    }

    /**
     * Makes a connector for HTTP/1.1 over TLS.
     *
     * @param server the server this connector accepts connections for
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public PreforkConnector(
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
     * @param selectors has no effect: a child serves one connection with one thread
     * @param sslContextFactory configuration of TLS, or null for clear text
     */
    public PreforkConnector(
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
    public PreforkConnector(
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
     * @param selectors has no effect: a child serves one connection with one thread
     * @param factories the protocols of this connector, the first is the default
     */
    public PreforkConnector(
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
    protected void checkSettings() {
        super.checkSettings();
        OneRequestAtATime.require(getConnectionFactories());
    }

    @Override
    protected String model() {
        return MODEL;
    }

    @Override
    protected ConnectionEngine newEngine(ConnectionEvents events) {
        return BlockingEngine.oneConnectionAtATime(events, getPropertyPrefix(), threadName(MODEL));
    }
}
