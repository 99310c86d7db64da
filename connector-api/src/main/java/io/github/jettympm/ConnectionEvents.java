package io.github.jettympm;

import io.github.jettympm.settings.KeepAliveSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a connection in every model: it is accepted, gets its socket options and its Jetty {@link Connection},
 * is opened and is closed. Limits and statistics of Jetty hear of each step, as they do from {@code ServerConnector}.
 */
public final class ConnectionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);

    private final MultiProcessConnector connector;
    private final List<AcceptListener> acceptListeners = new CopyOnWriteArrayList<>();
    private volatile KeepAliveSettings keepAlive;

    ConnectionEvents(MultiProcessConnector connector) {
        this.connector = connector;
    }

    /** What is set when the connector starts. */
    void starting(Iterable<AcceptListener> listeners, KeepAliveSettings settings) {
        acceptListeners.clear();
        listeners.forEach(acceptListeners::add);
        keepAlive = settings;
    }

    /**
     * The connector whose connections these are.
     *
     * @return the connector
     */
    public MultiProcessConnector connector() {
        return connector;
    }

    /**
     * What a client may expect of a connection.
     *
     * @return the settings as they were when the connector was started
     */
    public KeepAliveSettings keepAlive() {
        return keepAlive;
    }

    /**
     * Says that a connection was taken from the listening socket, and sets its socket options.
     *
     * @param channel the new connection
     * @throws IOException if the socket does not take an option, which means that the client is gone already
     */
    public void accepted(SocketChannel channel) throws IOException {
        sayTaken(channel);
        notifyAll(listener -> listener.onAccepting(channel));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, connector.getAcceptedTcpNoDelay());
        if (connector.getAcceptedReceiveBufferSize() > -1) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, connector.getAcceptedReceiveBufferSize());
        }
        if (connector.getAcceptedSendBufferSize() > -1) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, connector.getAcceptedSendBufferSize());
        }
    }

    private void sayTaken(SocketChannel channel) throws IOException {
        if (channel.getRemoteAddress() instanceof InetSocketAddress client) {
            connector.connectionTaken(client);
        }
    }

    /**
     * Says that an accepted connection got no endpoint.
     *
     * @param channel the connection, which the caller closes
     * @param cause why
     */
    public void acceptFailed(SocketChannel channel, Throwable cause) {
        LOG.debug("could not set up {}", channel, cause);
        notifyAll(listener -> listener.onAcceptFailed(channel, cause));
    }

    /**
     * Gives an endpoint its Jetty connection and opens both. {@link #closed} has to follow, once, even if this fails.
     *
     * @param channel the connection's channel
     * @param endPoint its endpoint, not opened yet
     */
    public void open(SocketChannel channel, AbstractEndPoint endPoint) {
        open(channel, endPoint, () -> connector.getDefaultConnectionFactory().newConnection(connector, endPoint));
    }

    /**
     * Opens an endpoint with a connection of the model's own, as {@link #open(SocketChannel, AbstractEndPoint)} does
     * with that of the connector's default protocol.
     *
     * @param channel the connection's channel
     * @param endPoint its endpoint, not opened yet
     * @param maker makes the connection; called once the endpoint is open
     */
    public void open(SocketChannel channel, AbstractEndPoint endPoint, Supplier<Connection> maker) {
        endPoint.setIdleTimeout(connector.getIdleTimeout());
        endPoint.onOpen();
        connector.endPointOpened(endPoint);
        Connection connection = maker.get();
        endPoint.setConnection(connection);
        notifyAll(listener -> listener.onAccepted(channel));
        connection.onOpen();
    }

    /**
     * Says that an endpoint is closed.
     *
     * @param endPoint the endpoint
     * @param cause why, null for a close in good order
     */
    public void closed(EndPoint endPoint, Throwable cause) {
        SelectableChannel channel = (SelectableChannel) endPoint.getTransport();
        Connection connection = endPoint.getConnection();
        connector.endPointClosed(endPoint);
        if (connection == null) {
            notifyAll(listener -> listener.onAcceptFailed(channel, cause));
            return;
        }
        try {
            connection.onClose(cause);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed on the close of {}", endPoint, e);
        } finally {
            notifyAll(listener -> listener.onClosed(channel));
        }
    }

    /**
     * Says how many threads serve connections. Called by any of them; does not wait.
     *
     * @param total all of them
     * @param spare those that wait for a connection
     */
    public void servingThreads(int total, int spare) {
        connector.servingThreads(total, spare);
    }

    private void notifyAll(Consumer<AcceptListener> event) {
        for (AcceptListener listener : acceptListeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("{} failed", listener, e);
            }
        }
    }
}
