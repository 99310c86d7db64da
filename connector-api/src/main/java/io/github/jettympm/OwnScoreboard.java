package io.github.jettympm;

import io.github.jettympm.listen.ListenQueue;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.PoolFigures;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Sampler;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.scoreboard.Vitals;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.StatusReader;
import io.github.jettympm.supervisor.UserSwitch;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scoreboard of a connector that serves in this process, with a slot for that. There is one only if somebody wants to
 * see the status. A task of the server's scheduler writes each second what is not written with each request.
 */
final class OwnScoreboard {
    private static final Logger LOG = LoggerFactory.getLogger(OwnScoreboard.class);
    private static final int SLOT = 0;

    private final MultiProcessConnector connector;
    private final WorkDirectory directory;
    private final Scoreboard scoreboard;
    private final Vitals vitals;
    private final Sampler sampler;
    private final Optional<ListenQueue> queue;
    private Scheduler.Task next; // guarded by this
    private boolean stopped; // guarded by this

    private OwnScoreboard(
            MultiProcessConnector connector, WorkDirectory directory, Scoreboard scoreboard, Vitals.Load load) {
        this.connector = connector;
        this.directory = directory;
        this.scoreboard = scoreboard;
        this.vitals = new Vitals(scoreboard.process(SLOT), load);
        this.sampler = new Sampler(scoreboard);
        this.queue = queue(connector);
    }

    /**
     * Makes the scoreboard and begins to write.
     *
     * @param rows requests that it can show at once
     * @param load knows how many connections and threads there are
     * @throws IOException if the file cannot be made; nothing is left behind then
     */
    static OwnScoreboard open(MultiProcessConnector connector, int rows, Vitals.Load load) throws IOException {
        WorkDirectory directory = WorkDirectory.create();
        try {
            Scoreboard scoreboard = Scoreboard.create(directory.scoreboard(), 1, rows, Identities.of(connector, 1));
            scoreboard.begin(SLOT, 0);
            scoreboard.process(SLOT).process(ProcessHandle.current().pid(), System.currentTimeMillis());
            scoreboard.state(SLOT, SlotState.READY);
            OwnScoreboard own = new OwnScoreboard(connector, directory, scoreboard, load);
            own.look();
            ServerState.of(connector.getServer()).add(connector, directory, UserSwitch.to(Optional.empty()));
            return own;
        } catch (IOException | RuntimeException e) {
            directory.delete();
            throw e;
        }
    }

    /** Empty where the system does not tell, or what asks it is not there: no connector in one process needs that. */
    private static Optional<ListenQueue> queue(MultiProcessConnector connector) {
        try {
            return Optional.of(new ListenQueue((ServerSocketChannel) connector.getTransport()));
        } catch (IOException | LinkageError e) {
            LOG.debug("the status does not tell how many connections wait for {}", connector, e);
            return Optional.empty();
        }
    }

    RequestRows requestRows() {
        return scoreboard.requestRows(SLOT);
    }

    void connectionTaken() {
        scoreboard.traffic(SLOT).oneOfManyTaken();
    }

    void servingThreads(int total, int spare) {
        scoreboard.threads(SLOT, total, spare);
    }

    private void look() {
        PoolFigures pool = scoreboard.pool();
        pool.listenQueue(queue.map(ListenQueue::waiting).orElse(PoolFigures.UNKNOWN));
        pool.listenQueueLimit(queue.map(ListenQueue::limit).orElse(PoolFigures.UNKNOWN));
        vitals.run();
        sampler.look(System.nanoTime(), System.currentTimeMillis());
        lookAgain();
    }

    private synchronized void lookAgain() {
        if (!stopped) {
            next = connector.getScheduler().schedule(this::look, 1, TimeUnit.SECONDS);
        }
    }

    ConnectorStatus status() {
        return StatusReader.read(scoreboard);
    }

    /** Says that nothing new is taken any more. */
    void draining() {
        scoreboard.state(SLOT, SlotState.DRAINING);
    }

    /** Writes no more, and removes the file. */
    void stop() {
        synchronized (this) {
            stopped = true;
            next.cancel();
        }
        ServerState.of(connector.getServer()).remove(connector);
        directory.delete();
    }
}
