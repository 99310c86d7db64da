package io.github.jettympm;

import io.github.jettympm.child.ChildLife;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Vitals;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.StatusBoard;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Server;

/**
 * What a process that serves says of itself: a child which requests it serves, since its parent needs that, and every process
 * more than that if its server has a {@link StatusBoard}.
 */
final class StatusReport {
    private static final String SESSION_STORE = "io.github.jettympm.sessions.SharedSessionStoreFactory";

    private final RequestRows rows; // null if no request is told
    private final OwnScoreboard own; // null in a child, and without a board

    private StatusReport(RequestRows rows, OwnScoreboard own) {
        this.rows = rows;
        this.own = own;
    }

    /**
     * Begins to say it.
     *
     * @param engine serves, or is about to
     * @throws IOException if there is no scoreboard and none can be made
     */
    static StatusReport begin(MultiProcessConnector connector, ConnectionEngine engine) throws IOException {
        StatusBoard board = connector.getServer().getBean(StatusBoard.class);
        if (board != null) {
            storedSessions(connector.getServer()).ifPresent(board::setStoredSessions);
        }
        ChildLife life = connector.life();
        Vitals.Load load = new EngineLoad(connector, engine);
        if (life != null) {
            if (board != null) {
                board.found(life.serverState());
                life.eachSecond(new Vitals(life.figures(), load));
            }
            return new StatusReport(life.requestRows(), null);
        }
        if (board == null) {
            return new StatusReport(null, null);
        }
        OwnScoreboard own = OwnScoreboard.open(connector, board.rows(connector.maxRequests()), load);
        return new StatusReport(own.requestRows(), own);
    }

    /** The shared store, if there is one; named by class, since a server without sessions lacks what that needs. */
    private static Optional<LongSupplier> storedSessions(Server server) {
        return server.getBeans().stream()
                .filter(bean -> bean.getClass().getName().equals(SESSION_STORE))
                .map(LongSupplier.class::cast)
                .findFirst();
    }

    /** Where requests are told, null if they are not. */
    RequestRows requestRows() {
        return rows;
    }

    /** A connection was accepted by this process, which is no child. */
    void connectionTaken() {
        if (own != null) {
            own.connectionTaken();
        }
    }

    /** Says how many threads serve connections in this process, if it is no child. */
    void servingThreads(int total, int spare) {
        if (own != null) {
            own.servingThreads(total, spare);
        }
    }

    /** Says that this process takes nothing new any more, if it is no child. */
    void draining() {
        if (own != null) {
            own.draining();
        }
    }

    /** The status of the connector, if this process is no child and there is a board. */
    Optional<ConnectorStatus> status() {
        return Optional.ofNullable(own).map(OwnScoreboard::status);
    }

    void stop() {
        if (own != null) {
            own.stop();
        }
    }

    /** How many connections and threads an engine has. */
    private record EngineLoad(MultiProcessConnector connector, ConnectionEngine engine) implements Vitals.Load {
        @Override
        public int open() {
            return connector.getConnectedEndPoints().size();
        }

        @Override
        public int waiting() {
            return engine.waitingConnections();
        }

        @Override
        public int idle() {
            return engine.idleThreads();
        }
    }
}
