package io.github.jettympm;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.supervisor.ChildCommand;
import io.github.jettympm.supervisor.ProcessLauncher;
import io.github.jettympm.supervisor.StopResult;
import io.github.jettympm.supervisor.Supervisor;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The children of one connector in its parent: puts together what keeps them, and takes it apart again. */
final class ChildPool {
    private static final Logger LOG = LoggerFactory.getLogger(ChildPool.class);

    private final WorkDirectory directory;
    private final Supervisor supervisor;

    private ChildPool(WorkDirectory directory, Supervisor supervisor) {
        this.directory = directory;
        this.supervisor = supervisor;
    }

    /**
     * Starts the children and returns when the first is ready.
     *
     * @throws IOException if this system cannot do it, or the first child does not start; nothing is left behind then
     */
    static ChildPool start(MultiProcessConnector connector, PoolSettings settings, List<String> givenCommand)
            throws IOException {
        DescriptorInheritance.requireSupported();
        List<String> command = givenCommand.isEmpty() ? ChildCommand.discover(settings.jvmArgs()) : givenCommand;
        LOG.debug("command line of children: {}", command);
        WorkDirectory directory = WorkDirectory.create();
        try {
            Scoreboard scoreboard = Scoreboard.create(directory.scoreboard(), settings.startServers());
            int index = List.of(connector.getServer().getConnectors()).indexOf(connector);
            var launcher =
                    new ProcessLauncher(command, index, scoreboard, (ServerSocketChannel) connector.getTransport());
            ChildPool pool = new ChildPool(directory, new Supervisor(settings, scoreboard, launcher));
            pool.supervisor.start();
            return pool;
        } catch (IOException | RuntimeException e) {
            directory.delete();
            throw e;
        }
    }

    /** Starts no child any more; those that are there go on. */
    void startNoMore() {
        supervisor.startNoMore();
    }

    void stop() {
        StopResult result = supervisor.stop();
        directory.delete();
        LOG.info("children ended: {}", result);
    }
}
