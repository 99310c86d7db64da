package io.github.jettympm;

import io.github.jettympm.child.ChildLife;
import io.github.jettympm.child.ServerLoaders;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.sessions.SessionSharing;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.status.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ShutdownService;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.Environment;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits the server of a connector to the process it is in, just before it starts: a parent's runs no applications, a
 * child's serves one connector and keeps its hands off what is its parent's.
 *
 * <p>Jetty calls it from the threads that start and stop the server.
 */
final class ServerRole implements LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRole.class);

    private final MultiProcessConnector connector;
    private final Optional<ChildEnvironment> environment = ChildEnvironment.from(System.getenv());
    private volatile ChildLife life;
    private volatile ChildNames names; // in a child
    private volatile boolean booting; // a child that its parent must not count on yet
    private volatile ChildApplications applications; // there as soon as a life is
    private volatile boolean stopping;
    private volatile boolean hasSiblings; // other processes serve the same applications
    private volatile ServerSignals signals; // these two not in a child
    private volatile Optional<ServiceNotice> notice = Optional.empty();

    ServerRole(MultiProcessConnector connector) {
        this.connector = connector;
    }

    boolean isInChild() {
        return environment.isPresent();
    }

    /**
     * Whether this is a child that serves another connector. It was taken from the server then, but Jetty's {@code
     * XmlConfiguration} starts whatever its files name.
     */
    boolean isSuperfluous() {
        return isInChild() && !serves(connector.getServer());
    }

    /** The name of this process among the children of its parent, empty if it is no child. */
    Optional<String> childName() {
        return Optional.ofNullable(names).flatMap(it -> environment.map(child -> it.child(child.slot())));
    }

    /** What the children of a connector are called. To be asked as long as its server has all of its connectors. */
    static ChildNames names(MultiProcessConnector connector) {
        List<Connector> all = List.of(connector.getServer().getConnectors());
        return ChildNames.of(connector.model(), all.indexOf(connector), pools(all));
    }

    /** How many connectors of a server have children. */
    static int pools(List<Connector> connectors) {
        return (int) connectors.stream()
                .filter(it -> it instanceof MultiProcessConnector multi && multi.role() != ProcessRole.IN_PROCESS)
                .count();
    }

    @Override
    public void lifeCycleStarting(LifeCycle server) {
        if (!serves(connector.getServer())) {
            return;
        }
        stopping = false;
        if (environment.isPresent()) {
            startChild(connector.getServer(), environment.get());
            return;
        }
        connector.requireSettings();
        signals = ServerSignals.of(connector.getServer(), this::status);
        notice = ServiceNotice.of(connector.getServer(), this::status);
        if (connector.role() == ProcessRole.PARENT) {
            signals.expectChildren();
            prepareParent(connector.getServer());
        } else {
            DrainDeadline.of(connector.getServer()).settle();
        }
    }

    private Status status() throws IOException {
        return ServerState.of(connector.getServer()).status();
    }

    /** What the signals of this process do; there in a parent that starts. */
    ServerSignals signals() {
        return signals;
    }

    /** Who tells the service manager about this process. */
    Optional<ServiceNotice> notice() {
        return notice;
    }

    private boolean serves(Server server) {
        return List.of(server.getConnectors()).contains(connector);
    }

    /** The parent has accepted its settings, so these have changed since if this process does not. */
    private void startChild(Server server, ChildEnvironment child) {
        try {
            connector.requireSettings();
            requireSameConnectors(server, child);
        } catch (RuntimeException e) {
            LOG.error("the child in slot {} refuses its configuration: {}", child.slot(), e.getMessage());
            ChildLife.endUnstarted(child, ExitStatus.BAD_CONFIGURATION, e);
        }
        prepareChild(server, child);
    }

    private static void requireSameConnectors(Server server, ChildEnvironment child) {
        Optional<String> difference = ConnectorIdentity.difference(child, server.getConnectors());
        if (difference.isPresent()) {
            throw new IllegalStateException(difference.get());
        }
    }

    private void prepareChild(Server server, ChildEnvironment child) {
        Connector[] connectors = server.getConnectors();
        if (connectors[child.connector()] != connector) {
            return; // the role of the one that is served sees to it
        }
        names = names(connector);
        booting = true;
        keepOnly(connector, server);
        SlotAttributes.set(server, child);
        try {
            ChildLife begun = ChildLife.begin(child, connector.isOneRequestAtATime());
            applications =
                    new ChildApplications(begun.fileName(), begun.temporaryDirectory(), begun.applicationsDirectory());
            life = begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PoolSettings settings = connector.processes().orElseThrow();
        Duration drain = settings.drainTimeout();
        life.watchRequests(settings.requests());
        server.getBeans(ShutdownService.class).forEach(server::removeBean);
        GracefulHandlers.remove(server);
        server.setTempDirectory(life.temporaryDirectory().toFile());
        server.addEventListener(applications);
        server.setStopTimeout(drain.toMillis());
        server.setStopAtShutdown(true);
        life.watchParent(() -> stop(server), ServerState.inBase());
        hasSiblings = connectors.length > 1 || settings.size().mayBeSeveral();
        if (hasSiblings) {
            SessionSharing.prepare(server);
        }
    }

    /** A parent that serves another connector itself runs the applications as well. */
    private void prepareParent(Server server) {
        hasSiblings = ParentServer.prepare(server);
        if (hasSiblings) {
            SessionSharing.prepare(server);
        }
    }

    /** Whether this is a parent that serves a connector itself, and so runs the applications. */
    boolean runsApplications() {
        return !isInChild() && hasSiblings;
    }

    /** Called in a process that serves, when its applications have started and before the first connection. */
    void requireSharedSessions() {
        if (hasSiblings) {
            SessionSharing.require(connector.getServer());
        }
    }

    /**
     * Whether this is a child that is not ready yet. It takes no connection: what follows may last for seconds, and if a request
     * ended it, its parent would take that for a failed start.
     */
    boolean isBooting() {
        return booting;
    }

    void servingThreads(int total, int spare) {
        if (life != null) {
            life.servingThreads(total, spare);
        }
    }

    /** This process as a child, or null if it is none. */
    ChildLife life() {
        return life;
    }

    /** The others are the parent's or other children's. */
    private static void keepOnly(Connector served, Server server) {
        for (Connector other : server.getConnectors()) {
            if (other != served) {
                server.removeConnector(other);
                Superfluous.make(other, server);
            }
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("stopping {} failed", server, e);
        }
    }

    @Override
    public void lifeCycleStarted(LifeCycle server) {
        if (life != null) {
            life.ready(() -> loaders(connector.getServer()));
            booting = false;
            connector.setAccepting(connector.isAccepting());
        }
    }

    private static ServerLoaders loaders(Server server) {
        Map<String, ClassLoader> environments = Environment.getAll().stream()
                .collect(Collectors.toMap(Environment::getName, Environment::getClassLoader));
        return new ServerLoaders(
                environments,
                server.getDescendants(ContextHandler.class).stream()
                        .map(ContextHandler::getClassLoader)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** A stop fails as well, if requests last longer than its timeout; Jetty says so, and the process ends all the same. */
    @Override
    public void lifeCycleFailure(LifeCycle server, Throwable cause) {
        if (life != null && !stopping) {
            LOG.error("{} did not start", life, cause);
            ChildLife.endUnstarted(environment.orElseThrow(), ExitStatus.BOOT_FAILED, named(cause));
        }
    }

    private Throwable named(Throwable cause) {
        return applications
                .failed()
                .<Throwable>map(name -> new IllegalStateException("application " + name + " did not start", cause))
                .orElse(cause);
    }

    @Override
    public void lifeCycleStopping(LifeCycle server) {
        stopping = true;
        connector.serverStops();
        if (life != null) {
            life.draining();
            if (connector.isOneRequestAtATime() && life.isExitCalled()) {
                LOG.warn("an application has called System.exit; {} ends without waiting for its request", life);
                connector.getServer().setStopTimeout(0);
            }
        }
    }
}
