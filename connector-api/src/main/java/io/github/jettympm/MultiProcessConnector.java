package io.github.jettympm;

import io.github.jettympm.child.ChildLife;
import io.github.jettympm.listen.ActivatedSocket;
import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.listen.ListeningSockets;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.settings.ListenSettings;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.status.ConnectorFigures;
import io.github.jettympm.status.ConnectorStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.component.DumpableCollection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What the connectors have in common: the listening socket, and an engine that accepts and serves in this process, or, for
 * a connector with processes, a pool of children that do.
 */
@ManagedObject("HTTP connector with a choice of processing model")
public abstract class MultiProcessConnector extends KeepAliveConnector {
    private final ConnectionEvents events = new ConnectionEvents(this);
    private final ServerRole serverRole = new ServerRole(this);
    private volatile ChildPool pool;
    private volatile ConnectionEngine engine;
    private volatile Drain drain; // there as long as the engine is
    private volatile StatusReport report;
    private volatile RequestRows requestRows; // null if requests are not told
    private volatile ServerSocketChannel acceptChannel;
    private volatile int localPort = -1;
    private volatile boolean leaving;
    private boolean inherited; // the listening socket is on the standard descriptors, too

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected MultiProcessConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
        server.addEventListener(serverRole);
        addBean(new ConnectorFigures(this::status));
    }

    /**
     * Makes the engine that accepts and serves in this process. Called at each start that needs one.
     *
     * @param connectionEvents what the engine tells of its connections
     * @return an engine that is not started
     */
    protected abstract ConnectionEngine newEngine(ConnectionEvents connectionEvents);

    /**
     * The children that accept and serve in place of this process. Called at each start, in the parent and in each child.
     *
     * @return how many and how, empty to accept and serve in this process
     * @throws IllegalArgumentException if a setting is out of its range; the message names the property
     */
    protected Optional<PoolSettings> processes() {
        return Optional.empty();
    }

    /** What to do where there can be no children, for a message. */
    String withoutChildren() {
        return "use the event or the worker connector, which need no children";
    }

    /** Whether a child serves one request at a time, so that the scoreboard can say which. */
    boolean isOneRequestAtATime() {
        return false;
    }

    /**
     * How many requests may run at once in a process that serves many.
     *
     * @return -1 by default: as many as come
     */
    protected int maxRequests() {
        return -1;
    }

    /** How long requests may go on when the server stops, zero by default. */
    Duration drainTimeout() {
        return Duration.ZERO;
    }

    /**
     * The command line of children, where it is not that of this process.
     *
     * @return command and arguments, empty to find it out
     */
    protected List<String> childCommand() {
        return List.of();
    }

    /**
     * Refuses settings that make no sense, before anything is opened or started. Called by the thread that starts.
     *
     * @throws IllegalArgumentException if a setting is out of its range; the message names the property
     */
    protected void checkSettings() {
        listenSettings();
        keepAliveSettings();
        processes();
    }

    /** Does so, and says of a property that has taken the value of another one that this may be the one that was set. */
    final void requireSettings() {
        try {
            checkSettings();
        } catch (IllegalArgumentException e) {
            throw explained(e);
        }
    }

    /** What the operator has set that has no effect, a sentence for each. */
    List<String> settingsWithoutEffect() {
        return List.of();
    }

    ProcessRole role() {
        if (processes().isEmpty()) {
            return ProcessRole.IN_PROCESS;
        }
        return serverRole.isInChild() ? ProcessRole.CHILD : ProcessRole.PARENT;
    }

    ServerRole serverRole() {
        return serverRole;
    }

    /**
     * What the names of this connector's threads begin with.
     *
     * @param model name of the model, such as {@code prefork}
     * @return the name, in a child with the number of its slot, such as {@code prefork-3}, and with that of its connector if
     *     others have children as well, such as {@code prefork-1.3}
     */
    protected String threadName(String model) {
        return serverRole.childName().orElse(model);
    }

    @Override
    protected void doStart() throws Exception {
        if (serverRole.isSuperfluous()) {
            LOG.debug("{} is not what this child serves", this);
            return;
        }
        requireSettings();
        leaving = false;
        events.starting(getBeans(AcceptListener.class), ownKeepAliveSettings());
        super.doStart();
        serverRole.requireSharedSessions();
        if (role() == ProcessRole.PARENT) {
            pool = ChildPool.start(this, processes().orElseThrow(), childCommand());
        } else {
            startEngine();
        }
    }

    /** In a child a connection may be ended while it waits for the next request, and only a wait with a limit can be. */
    private KeepAliveSettings ownKeepAliveSettings() {
        KeepAliveSettings settings = keepAliveSettings();
        return role() == ProcessRole.CHILD ? settings.limitedTo(getIdleTimeout()) : settings;
    }

    private void startEngine() throws IOException {
        ConnectionEngine newEngine = newEngine(events);
        report = StatusReport.begin(this, newEngine);
        requestRows = report.requestRows();
        try {
            newEngine.start(acceptChannel, isToAccept());
        } catch (IOException | RuntimeException e) {
            stopReport();
            throw e;
        }
        drain = new Drain(this, newEngine);
        engine = newEngine;
    }

    @Override
    protected void doStop() throws Exception {
        if (serverRole.isSuperfluous()) {
            return;
        }
        serverStops();
        close();
        try {
            stopPool();
            stopEngine();
        } finally {
            stopReport();
            super.doStop();
            acceptChannel = null;
            inherited = false;
        }
    }

    /** What this connector does, empty if it does not run, or nobody asked for it before it started. */
    private Optional<ConnectorStatus> status() {
        return pool().map(ChildPool::status)
                .or(() -> Optional.ofNullable(report).flatMap(StatusReport::status));
    }

    /** The children of this process, empty unless it is a parent that runs. */
    Optional<ChildPool> pool() {
        return Optional.ofNullable(pool);
    }

    /** From now on a child that ends is not replaced, and all are asked to end: the other connectors need not have stopped. */
    void serverStops() {
        ChildPool running = pool;
        if (running != null) {
            running.beginStop();
        }
    }

    private void stopPool() {
        ChildPool running = pool;
        pool = null;
        if (running != null) {
            running.stop();
        }
    }

    private void stopEngine() throws InterruptedException {
        ConnectionEngine running = engine;
        engine = null;
        drain = null;
        if (running != null) {
            running.stop(DrainDeadline.of(getServer()).left());
        }
    }

    private void stopReport() {
        StatusReport running = report;
        report = null;
        requestRows = null;
        if (running != null) {
            running.stop();
        }
    }

    /**
     * Opens the listening socket, or does nothing if it is open. The server calls it before it starts anything else, so
     * that a port that is taken is known at once.
     */
    @Override
    public void open() throws IOException {
        if (acceptChannel == null) {
            refuseCollision();
            open(openAcceptChannel());
            super.open();
        }
    }

    /**
     * Uses a listening socket that someone else has opened. Only before the connector is started.
     *
     * @param channel a bound channel
     * @throws IOException if the channel is not bound
     */
    public void open(ServerSocketChannel channel) throws IOException {
        if (isStarted()) {
            throw new IllegalStateException(
                    "cannot change the listening socket of " + this + " while it is " + getState());
        }
        int port = channel.socket().getLocalPort();
        if (port <= 0) {
            throw new IOException("Server channel not bound");
        }
        acceptChannel = channel;
        localPort = port;
    }

    private void refuseCollision() {
        for (Connector other : getServer().getConnectors()) {
            if (other == this) {
                return; // the later of the two reports it
            }
            if (other instanceof AbstractNetworkConnector network && collidesWith(network)) {
                throw new IllegalStateException(
                        "port " + getPort() + " of " + this + " is the port of " + network
                                + ", too: set jetty.http.port and jetty.ssl.port to different ports, or enable one connector only");
            }
        }
    }

    private boolean collidesWith(AbstractNetworkConnector other) {
        return listenSettings().collidesWith(new ListenSettings(other.getHost(), other.getPort(), 0, true, false));
    }

    private ServerSocketChannel openAcceptChannel() throws IOException {
        inherited = true;
        if (role() == ProcessRole.CHILD) {
            return ListeningSockets.inherited();
        }
        if (isInheritChannel()) {
            refuseSecondHeir();
            if (ActivatedSocket.isOffered(System.getenv())) {
                return ActivatedSocket.take(
                        System.getenv(), ProcessHandle.current().pid());
            }
            Channel channel = System.inheritedChannel();
            if (channel instanceof ServerSocketChannel server) {
                return server;
            }
            LOG.warn("{} should inherit its socket, but descriptor 0 is {}; opening port {}", this, channel, getPort());
        }
        inherited = false;
        return ListeningSockets.bind(listenSettings());
    }

    private void refuseSecondHeir() {
        for (Connector other : getServer().getConnectors()) {
            if (other != this && other instanceof SocketConnector socket && socket.isInheritChannel()) {
                throw new IllegalStateException(
                        "both " + this + " and " + other + " should inherit their socket, but a Java"
                                + " process can inherit one only: set jetty.http.inheritChannel or jetty.ssl.inheritChannel, but"
                                + " not both");
            }
        }
    }

    @Override
    public void close() {
        super.close();
        ServerSocketChannel channel = acceptChannel;
        if (channel != null) {
            try {
                closeAcceptChannel(channel);
            } catch (IOException e) {
                LOG.warn("closing the listening socket of {} failed", this, e);
            }
            localPort = -2; // as NetworkConnector.getLocalPort() defines it for a closed one
        }
        ConnectionEngine running = engine;
        if (running != null) {
            running.setAccepting(false); // and an engine with a selector makes it forget the channel
        }
    }

    private void closeAcceptChannel(ServerSocketChannel channel) throws IOException {
        if (inherited) {
            DescriptorInheritance.closeInherited(channel);
        } else {
            channel.close();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>From now on responses say that they are the last of their connection. {@link #isShutdown()} is true when no response
     * is on its way any more that does not say so: Jetty ends such a connection with that response, and the client may have
     * sent the next request meanwhile. A connection on which nothing is in flight ends when it has been idle for {@link
     * #getShutdownIdleTimeout()}; a request in flight keeps its own idle timeout.
     */
    @Override
    public CompletableFuture<Void> shutdown() {
        leaving = true;
        close();
        StatusReport told = report;
        if (told != null) {
            told.draining();
        }
        Drain begun = drain;
        return begun == null ? super.shutdown() : begun.begin(getShutdownIdleTimeout());
    }

    @Override
    public boolean isShutdown() {
        Drain begun = drain;
        return begun == null ? super.isShutdown() : begun.isAnnounced();
    }

    /**
     * Whether a request that begins now is the last of its connection. Asked for each request.
     *
     * @return true once {@link #shutdown()} was called, until the next start
     */
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public boolean isOpen() {
        ServerSocketChannel channel = acceptChannel;
        return channel != null && channel.isOpen();
    }

    /** Never called: connections are accepted by threads of the engine, not by acceptors of Jetty. */
    @Override
    protected void accept(int acceptorId) {
        throw new IllegalStateException("this connector has no acceptor threads");
    }

    @Override
    public void setAccepting(boolean accepting) {
        super.setAccepting(accepting);
        ConnectionEngine running = engine;
        if (running != null) {
            running.setAccepting(isToAccept());
        }
    }

    private boolean isToAccept() {
        return isAccepting() && !serverRole.isBooting();
    }

    @Override
    public void dump(Appendable out, String indent) throws IOException {
        dumpObjects(
                out,
                indent,
                String.format("idleTimeout=%s", getIdleTimeout()),
                String.format("shutdownIdleTimeout=%s", getShutdownIdleTimeout()),
                new DumpableCollection("connections", getConnectedEndPoints()));
    }

    void servingThreads(int total, int spare) {
        serverRole.servingThreads(total, spare);
        StatusReport told = report;
        if (told != null) {
            told.servingThreads(total, spare);
        }
    }

    /** Says that this process has accepted a connection. */
    void connectionTaken(InetSocketAddress client) {
        ChildLife life = life();
        StatusReport told = report;
        if (life != null) {
            life.connectionTaken(client.getAddress().getHostAddress());
        } else if (told != null) {
            told.connectionTaken();
        }
    }

    /**
     * Where this process says which requests it serves. Asked for each request, so it is no {@code Optional}.
     *
     * @return null if nobody asks for it
     */
    public RequestRows requestRows() {
        return requestRows;
    }

    /**
     * This process as a child. Asked for each request, so it is no {@code Optional}.
     *
     * @return null if this process is no child
     */
    public ChildLife life() {
        return serverRole.life();
    }

    void endPointOpened(EndPoint endPoint) {
        onEndPointOpened(endPoint);
    }

    void endPointClosed(EndPoint endPoint) {
        onEndPointClosed(endPoint);
        Drain begun = drain;
        if (begun != null) {
            begun.closed();
        }
    }

    @Override
    public Object getTransport() {
        return acceptChannel;
    }

    /**
     * {@inheritDoc}
     *
     * @return the port, -1 before the connector is opened, -2 after it was closed
     */
    @Override
    @ManagedAttribute("local port")
    public int getLocalPort() {
        return localPort;
    }
}
