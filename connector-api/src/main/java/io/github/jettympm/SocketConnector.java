package io.github.jettympm;

import io.github.jettympm.settings.ListenSettings;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/** The settings of sockets, with the names and meanings that they have in {@code ServerConnector}. */
@ManagedObject("HTTP connector over TCP/IP")
public abstract class SocketConnector extends AbstractNetworkConnector {
    private boolean inheritChannel;
    private int acceptQueueSize;
    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean acceptedTcpNoDelay = true;
    private int acceptedReceiveBufferSize = -1;
    private int acceptedSendBufferSize = -1;

    /**
     * Makes a connector that is not started and has no acceptor threads.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected SocketConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, 0, factories);
    }

    ListenSettings listenSettings() {
        return new ListenSettings(getHost(), getPort(), acceptQueueSize, reuseAddress, reusePort);
    }

    /**
     * Whether the listening socket is inherited from the process that started this one.
     *
     * @return false by default
     */
    @ManagedAttribute("Whether the listening socket is inherited (System.inheritedChannel)")
    public boolean isInheritChannel() {
        return inheritChannel;
    }

    /**
     * Sets whether to inherit the listening socket: from systemd on descriptor 3, if that has set {@code LISTEN_FDS}, or else
     * on descriptor 0, as from inetd. A new one is opened if there is none to inherit, but what systemd passes has to fit.
     * Only one connector of a process can inherit its socket.
     *
     * @param inheritChannel whether to use what {@code LISTEN_FDS} names, or else {@link System#inheritedChannel()}
     */
    public void setInheritChannel(boolean inheritChannel) {
        this.inheritChannel = inheritChannel;
    }

    /**
     * How many connections the kernel keeps waiting (httpd's {@code ListenBackLog}).
     *
     * @return a number, 0 for 511, as in httpd
     */
    @ManagedAttribute("Accept Queue size")
    public int getAcceptQueueSize() {
        return acceptQueueSize;
    }

    /**
     * Sets how many connections the kernel keeps waiting. Takes effect when the connector is opened.
     *
     * @param acceptQueueSize a number, 0 for 511, as in httpd
     */
    public void setAcceptQueueSize(int acceptQueueSize) {
        this.acceptQueueSize = acceptQueueSize;
    }

    /**
     * Whether a port may be bound that has connections in the TIME_WAIT state.
     *
     * @return true by default
     */
    @ManagedAttribute("Server Socket SO_REUSEADDR")
    public boolean getReuseAddress() {
        return reuseAddress;
    }

    /**
     * Sets {@code SO_REUSEADDR} of the listening socket. Takes effect when the connector is opened.
     *
     * @param reuseAddress whether to set it
     */
    public void setReuseAddress(boolean reuseAddress) {
        this.reuseAddress = reuseAddress;
    }

    /**
     * Whether several sockets may be bound to this port.
     *
     * @return false by default
     */
    @ManagedAttribute("Server Socket SO_REUSEPORT")
    public boolean isReusePort() {
        return reusePort;
    }

    /**
     * Sets {@code SO_REUSEPORT} of the listening socket. Takes effect when the connector is opened.
     *
     * @param reusePort whether to set it
     */
    public void setReusePort(boolean reusePort) {
        this.reusePort = reusePort;
    }

    /**
     * Whether small writes are sent at once.
     *
     * @return true by default
     */
    @ManagedAttribute("Accepted Socket TCP_NODELAY")
    public boolean getAcceptedTcpNoDelay() {
        return acceptedTcpNoDelay;
    }

    /**
     * Sets {@code TCP_NODELAY} of connections accepted from now on.
     *
     * @param tcpNoDelay whether to set it
     */
    public void setAcceptedTcpNoDelay(boolean tcpNoDelay) {
        this.acceptedTcpNoDelay = tcpNoDelay;
    }

    /**
     * Size of the kernel's receive buffer of a connection.
     *
     * @return bytes, -1 for the platform's default
     */
    @ManagedAttribute("Accepted Socket SO_RCVBUF")
    public int getAcceptedReceiveBufferSize() {
        return acceptedReceiveBufferSize;
    }

    /**
     * Sets {@code SO_RCVBUF} of connections accepted from now on.
     *
     * @param receiveBufferSize bytes, -1 for the platform's default
     */
    public void setAcceptedReceiveBufferSize(int receiveBufferSize) {
        this.acceptedReceiveBufferSize = receiveBufferSize;
    }

    /**
     * Size of the kernel's send buffer of a connection.
     *
     * @return bytes, -1 for the platform's default
     */
    @ManagedAttribute("Accepted Socket SO_SNDBUF")
    public int getAcceptedSendBufferSize() {
        return acceptedSendBufferSize;
    }

    /**
     * Sets {@code SO_SNDBUF} of connections accepted from now on.
     *
     * @param sendBufferSize bytes, -1 for the platform's default
     */
    public void setAcceptedSendBufferSize(int sendBufferSize) {
        this.acceptedSendBufferSize = sendBufferSize;
    }
}
