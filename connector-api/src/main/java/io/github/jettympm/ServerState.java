package io.github.jettympm;

import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.status.StateFile;
import io.github.jettympm.status.Status;
import io.github.jettympm.status.StatusBoard;
import io.github.jettympm.status.StatusReader;
import io.github.jettympm.supervisor.UserSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which scoreboards the connectors of a server have in its own process. It says so in a {@link StateFile} beside each of
 * them, for children, and in one in the base, for tools; and to the {@link StatusBoard}, if there is one.
 *
 * <p>Jetty calls it from the threads that start and stop connectors.
 */
final class ServerState {
    private static final Logger LOG = LoggerFactory.getLogger(ServerState.class);

    private final Server server;
    private final Optional<Path> inBase = inBase();
    private final Map<MultiProcessConnector, Place> places = new LinkedHashMap<>();

    /** Where a connector has its scoreboard, and who is to read what lies beside it. */
    private record Place(WorkDirectory directory, UserSwitch readers) {}

    private ServerState(Server server) {
        this.server = server;
    }

    /** The one of a server, shared by its connectors. */
    static synchronized ServerState of(Server server) {
        ServerState state = server.getBean(ServerState.class);
        if (state == null) {
            state = new ServerState(server);
            server.addBean(state, false);
        }
        return state;
    }

    /** Empty for a server that has no base, and for which no file is named. */
    static Optional<Path> inBase() {
        String base = System.getProperty("jetty.base");
        boolean wanted = base != null || System.getProperty(StateFile.PROPERTY) != null;
        return wanted
                ? Optional.of(StateFile.in(Path.of(base == null ? "" : base)).toAbsolutePath())
                : Optional.empty();
    }

    /**
     * A connector has made its scoreboard.
     *
     * @param connector whose it is
     * @param directory where it is
     * @param readers who is to read what lies beside it
     * @throws IOException if that cannot be said to children
     */
    synchronized void add(MultiProcessConnector connector, WorkDirectory directory, UserSwitch readers)
            throws IOException {
        if (places.isEmpty()) {
            inBase.ifPresent(
                    file -> AbandonedServer.remove(file, directory)); // before this server says the same of itself
        }
        places.put(connector, new Place(directory, readers));
        tell();
    }

    /** A connector is about to remove its scoreboard. */
    synchronized void remove(MultiProcessConnector connector) {
        if (places.remove(connector) == null) {
            return;
        }
        try {
            tell();
        } catch (IOException e) {
            LOG.warn("children and tools do not know that {} has stopped", connector, e);
        }
    }

    /**
     * Reads what the processes of this server say.
     *
     * @throws IOException if none of its connectors has a scoreboard, or none can be read
     */
    Status status() throws IOException {
        StateFile state = state();
        if (state.scoreboards().isEmpty()) {
            throw new IOException("nobody keeps the figures of this server; enable the module mpm-status");
        }
        return StatusReader.read(state);
    }

    private synchronized StateFile state() {
        List<Connector> order = List.of(server.getConnectors());
        List<Path> scoreboards = places.entrySet().stream()
                .sorted(Comparator.comparingInt(place -> order.indexOf(place.getKey())))
                .map(place -> place.getValue().directory().scoreboard())
                .toList();
        return new StateFile(ProcessHandle.current().pid(), scoreboards);
    }

    private void tell() throws IOException {
        StateFile state = state();
        for (Place place : places.values()) {
            state.write(place.directory().state());
            place.readers().give(place.directory().state());
        }
        StatusBoard board = server.getBean(StatusBoard.class);
        if (board != null) {
            places.values().stream()
                    .findFirst()
                    .ifPresent(place -> board.found(place.directory().state()));
        }
        inBase.ifPresent(file -> tellTools(state, file));
    }

    /** Everything else works without it. */
    private static void tellTools(StateFile state, Path file) {
        try {
            if (state.scoreboards().isEmpty()) {
                state.remove(file);
            } else {
                state.write(file);
            }
        } catch (IOException e) {
            LOG.warn(
                    "tools will not find this server, since {} cannot be written; name another file by -D{}",
                    file,
                    StateFile.PROPERTY,
                    e);
        }
    }
}
