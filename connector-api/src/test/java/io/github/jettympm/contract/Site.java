package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/** A server with one connector, and the clients that were opened to it. */
public final class Site {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public final Server server;
    public final HttpConfiguration http = new HttpConfiguration();
    private final ConnectorMaker maker;
    private final Transport transport;
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final List<Client> clients = new ArrayList<>();
    private AbstractNetworkConnector connector;

    /** Makes the connector that is tested. */
    public interface ConnectorMaker {
        AbstractNetworkConnector make(Server server, ConnectionFactory... factories);
    }

    public Site(ConnectorMaker maker, Transport transport) {
        this(maker, transport, new QueuedThreadPool());
    }

    Site(ConnectorMaker maker, Transport transport, ThreadPool pool) {
        this.maker = maker;
        this.transport = transport;
        this.server = new Server(pool, null, buffers);
        http.setSendDateHeader(false);
    }

    public Transport transport() {
        return transport;
    }

    /** The connector, made at the first call; HTTP/1.1, over TLS if that is the transport. */
    public AbstractNetworkConnector connector() {
        if (connector == null) {
            useFactories(new HttpConnectionFactory(http));
        }
        return connector;
    }

    /** Makes the connector for other protocols than HTTP/1.1 alone. */
    public void useFactories(ConnectionFactory... factories) {
        useFactoriesAsTheyAre(transport.over(factories));
    }

    public void useFactoriesAsTheyAre(ConnectionFactory... factories) {
        connector = newConnector(factories);
        server.addConnector(connector);
    }

    public AbstractNetworkConnector newConnector(ConnectionFactory... factories) {
        AbstractNetworkConnector made = maker.make(server, factories);
        made.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        return made;
    }

    public void start(Handler handler) throws Exception {
        connector();
        server.setHandler(handler);
        server.start();
    }

    public void start(Servlet servlet) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        start(context);
    }

    public Client connect() throws IOException {
        return keep(new Client(transport, connector().getLocalPort()));
    }

    /** A client that speaks otherwise than the others of this transport. */
    Client connect(Client.Layer layer) throws IOException {
        return keep(new Client(layer, connector().getLocalPort(), 0, ""));
    }

    /** A client whose kernel keeps little for it. */
    public Client connectWithReceiveBuffer(int bytes) throws IOException {
        return keep(new Client(transport, connector().getLocalPort(), bytes, ""));
    }

    /** A client that says something in clear text first. */
    public Client connectWithPreface(String preface) throws IOException {
        return keep(new Client(transport, connector().getLocalPort(), 0, preface));
    }

    private synchronized Client keep(Client client) {
        clients.add(client);
        return client;
    }

    /** Waits for something that happens soon after what a client can see. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean happened = condition.getAsBoolean(); // asked once a turn: what is true now may be false again later
        while (!happened && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
            happened = condition.getAsBoolean();
        }
        assertTrue(happened, what);
    }

    public void awaitNoEndPoints() {
        await(
                "connections are left: " + connector().getConnectedEndPoints(),
                () -> connector().getConnectedEndPoints().isEmpty());
    }

    /** Stops the server, with its clients gone, and fails if a buffer is not back in the pool. */
    public void close() throws Exception {
        for (Client client : clients) {
            client.close();
        }
        if (server.isRunning()) {
            awaitNoEndPoints();
        }
        server.stop();
        await("buffers were lost", () -> buffers.getLeaks().isEmpty());
    }
}
