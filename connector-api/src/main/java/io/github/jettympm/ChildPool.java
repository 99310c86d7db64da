package io.github.jettympm;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.listen.ListenQueue;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.PoolFigures;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.SpareServers;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.StatusBoard;
import io.github.jettympm.status.StatusReader;
import io.github.jettympm.supervisor.ChildCommand;
import io.github.jettympm.supervisor.ChildMemory;
import io.github.jettympm.supervisor.ChildOutput;
import io.github.jettympm.supervisor.PoolAdvice;
import io.github.jettympm.supervisor.ProcessLauncher;
import io.github.jettympm.supervisor.ProcessLauncher.CommandLine;
import io.github.jettympm.supervisor.ProcessLauncher.Origin;
import io.github.jettympm.supervisor.StopResult;
import io.github.jettympm.supervisor.Supervisor;
import io.github.jettympm.supervisor.UserSwitch;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The children of one connector in its parent: puts together what keeps them, and takes it apart again. */
final class ChildPool {
    private static final Logger LOG = LoggerFactory.getLogger(ChildPool.class);

    private final MultiProcessConnector connector;
    private final WorkDirectory directory;
    private final PoolSize size;
    private final long taken;
    private final Scoreboard scoreboard;
    private final ServerSignals signals;
    private final Optional<ServiceNotice> notice;
    private final Supervisor supervisor;
    private final Supplier<Duration> sinceBeat;
    private Optional<ApplicationsWatch> watch = Optional.empty();

    private ChildPool(
            MultiProcessConnector connector, PoolSize size, long taken, Scoreboard scoreboard, Supervisor supervisor) {
        this.connector = connector;
        this.directory = WorkDirectory.of(scoreboard.file());
        this.size = size;
        this.taken = taken;
        this.scoreboard = scoreboard;
        this.signals = connector.serverRole().signals();
        this.notice = connector.serverRole().notice();
        this.supervisor = supervisor;
        this.sinceBeat = supervisor::sinceBeat;
    }

    /**
     * Starts the children and returns when the first is ready.
     *
     * @throws IOException if this system cannot do it, or the first child does not start; nothing is left behind then
     */
    static ChildPool start(MultiProcessConnector connector, PoolSettings settings, List<String> givenCommand)
            throws IOException {
        DescriptorInheritance.requireSupported(connector.withoutChildren());
        Optional<ApplicationsWatch> watch = ApplicationsWatch.of(settings.scan());
        CommandLine commandLine = () -> givenCommand.isEmpty()
                ? ChildCommand.discover(settings.launch().jvmArgs(), connector.isOneRequestAtATime())
                : givenCommand;
        List<String> command = commandLine.make();
        LOG.debug("command line of children: {}", command);
        ChildMemory memory = ChildMemory.of(ChildCommand.options(command), pools(connector), takenByOthers(connector));
        PoolSettings resolved = settings.with(resolve(settings.size(), memory));
        UserSwitch user = UserSwitch.to(settings.launch().user());
        tellOfRisks(connector, resolved, user);
        WorkDirectory directory = WorkDirectory.create();
        InterruptedStart interrupted = new InterruptedStart(connector);
        try {
            Scoreboard scoreboard = scoreboard(connector, directory, resolved.size());
            user.letPass(directory.path());
            user.give(directory.scoreboard());
            ServerState.of(connector.getServer()).add(connector, directory, user);
            int index = List.of(connector.getServer().getConnectors()).indexOf(connector);
            var channel = (ServerSocketChannel) connector.getTransport();
            ChildOutput output = ChildOutput.of(
                    ServerRole.names(connector), settings.launch().labelOutput());
            String identity = ConnectorIdentity.of(connector);
            var origin = new Origin(commandLine, index, identity, scoreboard, channel, settings.launch(), user, output);
            IntSupplier waiting = waiting(new ListenQueue(channel), scoreboard.pool());
            ChildPool pool = new ChildPool(
                    connector,
                    resolved.size(),
                    memory.taken(resolved.size().maxRequestWorkers()),
                    scoreboard,
                    new Supervisor(resolved, scoreboard, ProcessLauncher.first(command, origin), waiting));
            interrupted.failBy(pool.supervisor::beginStop);
            pool.supervisor.start();
            watch.ifPresent(pool::begin);
            pool.signals.add(pool);
            pool.notice.ifPresent(it -> it.add(pool.sinceBeat));
            return pool;
        } catch (IOException | RuntimeException | Error e) {
            ServerState.of(connector.getServer()).remove(connector);
            directory.delete();
            throw e;
        } finally {
            interrupted.close();
        }
    }

    private static void tellOfRisks(MultiProcessConnector connector, PoolSettings settings, UserSwitch user)
            throws IOException {
        connector.settingsWithoutEffect().forEach(LOG::warn);
        if (user.leavesRoot()) {
            LOG.warn(
                    "children of {} run as root; set {}.user to a user with fewer rights",
                    connector,
                    settings.prefix());
        }
        if (settings.size().maxRequestWorkers() > 1
                && connector.getConnectionFactory(SslConnectionFactory.class) != null) {
            LOG.info(
                    "children of {} do not share the sessions of TLS: a client that another child serves the next time makes a"
                            + " full handshake; keep connections alive, or end TLS in front of this server",
                    connector);
        }
    }

    /** The requests of a child are shown even if nobody looks at the status: if it dies, they are in the log. */
    private static Scoreboard scoreboard(MultiProcessConnector connector, WorkDirectory directory, PoolSize size)
            throws IOException {
        StatusBoard board = connector.getServer().getBean(StatusBoard.class);
        int many = (board == null ? new StatusBoard() : board).rows(connector.maxRequests());
        return Scoreboard.create(
                directory.scoreboard(),
                size.serverLimit(),
                connector.isOneRequestAtATime() ? 1 : many,
                Identities.of(connector, size.maxRequestWorkers()));
    }

    /** Whoever asks how many connections wait, all others know then, too. */
    private static IntSupplier waiting(ListenQueue queue, PoolFigures pool) {
        pool.listenQueueLimit(queue.limit());
        return () -> {
            int waiting = queue.waiting();
            pool.listenQueue(waiting);
            return waiting;
        };
    }

    private void begin(ApplicationsWatch made) {
        watch = Optional.of(made);
        made.start(this::renew);
    }

    private static int pools(MultiProcessConnector connector) {
        return ServerRole.pools(List.of(connector.getServer().getConnectors()));
    }

    /** Connectors are started one after the other, so the last one knows of all. */
    private static long takenByOthers(MultiProcessConnector connector) {
        return Arrays.stream(connector.getServer().getConnectors())
                .filter(MultiProcessConnector.class::isInstance)
                .flatMap(it -> ((MultiProcessConnector) it).pool().stream())
                .mapToLong(pool -> pool.taken)
                .sum();
    }

    private static PoolSize resolve(PoolSize size, ChildMemory memory) {
        PoolSize resolved = resolved(size, memory);
        PoolAdvice.of(size, resolved, memory).forEach(LOG::warn);
        String reason = size.isByMemory()
                ? " (" + memory + "; set " + size.prefix() + ".maxRequestWorkers for another number)"
                : "";
        LOG.info("children: {}{}", resolved, reason);
        return resolved;
    }

    /** A number that fits one machine may be too large for another, and then its memory is the reason. */
    private static PoolSize resolved(PoolSize size, ChildMemory memory) {
        try {
            return size.resolve(memory.children());
        } catch (IllegalArgumentException e) {
            if (!size.isByMemory()) {
                throw e;
            }
            throw new IllegalArgumentException(
                    e.getMessage() + "; memory allows " + memory.children() + " children (" + memory + "), set "
                            + size.prefix() + ".maxRequestWorkers for another number",
                    e);
        }
    }

    /**
     * Starts new children from the configuration as it is now, and ends the old ones.
     *
     * @return completed when the first of the new ones is ready, or with the reason why everything stays as it is
     */
    CompletableFuture<Integer> renew() {
        if (connector.serverRole().runsApplications()) {
            LOG.warn(
                    "this process runs the applications as well, for a connector without children: only the children of {} get"
                            + " new ones, and the other port serves the old ones until the server is started anew",
                    connector);
        }
        CompletableFuture<Integer> renewal = supervisor.renew();
        notice.ifPresent(it -> it.during(renewal));
        return renewal;
    }

    /** What the connector does, with all its children. */
    ConnectorStatus status() {
        return StatusReader.read(scoreboard);
    }

    /**
     * Asks a child to end when it has finished what it has begun.
     *
     * @throws IllegalArgumentException if no child that could be asked is in the slot
     */
    void drain(int slot) {
        if (!supervisor.drain(slot)) {
            throw new IllegalArgumentException("in slot " + slot + " there is no child that serves");
        }
    }

    /**
     * Changes how many children are idle, from now on.
     *
     * @param least the least number, -1 for its default
     * @param most the greatest number, -1 for its default
     * @throws IllegalArgumentException if a number is out of its range; nothing has changed then
     */
    void spares(int least, int most) {
        SpareServers wanted = new SpareServers(
                size.spares().start(), least, most, size.spares().idleTimeout());
        supervisor.spares(size.with(wanted).spares());
    }

    /** Starts no child any more, and asks those that are there to end. */
    void beginStop() {
        supervisor.beginStop();
    }

    void stop() {
        signals.remove(this);
        notice.ifPresent(it -> it.remove(sinceBeat));
        watch.ifPresent(ApplicationsWatch::stop);
        StopResult result = supervisor.stop();
        ServerState.of(connector.getServer()).remove(connector);
        directory.delete();
        LOG.info("children ended: {}", result);
    }
}
