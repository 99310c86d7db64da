package io.github.jettympm.status;

import io.github.jettympm.scoreboard.Identity;
import io.github.jettympm.scoreboard.Scoreboard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the status of a server from the scoreboards of its connectors, in any process that may read those files. */
public final class StatusReader {
    private static final long UNKNOWN = -1;

    private StatusReader() {}

    /**
     * Reads the status of a server, as a tool does.
     *
     * @param base the server's base directory, in which its {@link StateFile} is
     * @return the status
     * @throws IOException if the state file or all of the scoreboards cannot be read; the message says why
     */
    public static Status read(Path base) throws IOException {
        return read(StateFile.read(base));
    }

    /**
     * Reads the status of a server.
     *
     * @param state says where the scoreboards are. One that this process may not read is left out: those of children of
     *     another user
     * @return the status
     * @throws IOException if none of the scoreboards can be read; the message says why
     */
    public static Status read(StateFile state) throws IOException {
        List<Identity> identities = new ArrayList<>();
        List<ConnectorStatus> connectors = new ArrayList<>();
        IOException unreadable = new IOException("none of the scoreboards " + state.scoreboards() + " can be read");
        long now = System.nanoTime();
        for (Path file : state.scoreboards()) {
            try {
                Scoreboard scoreboard = Scoreboard.openToRead(file);
                Identity identity = scoreboard.identity();
                connectors.add(new ConnectorReader(scoreboard, now).read());
                identities.add(identity);
            } catch (IOException | InternalError e) { // the error if a mapped file was cut short meanwhile
                unreadable.addSuppressed(e);
            }
        }
        if (connectors.isEmpty() && !state.scoreboards().isEmpty()) {
            throw unreadable;
        }
        return status(state, identities, connectors);
    }

    /**
     * Reads the status of one connector.
     *
     * @param scoreboard its scoreboard
     * @return the status
     */
    public static ConnectorStatus read(Scoreboard scoreboard) {
        return new ConnectorReader(scoreboard, System.nanoTime()).read();
    }

    private static Status status(StateFile state, List<Identity> identities, List<ConnectorStatus> connectors) {
        Instant now = Instant.now();
        ProcessTimes times = ProcessTimes.of(state.pid());
        return new Status(
                now,
                Instant.ofEpochMilli(
                        identities.stream().mapToLong(Identity::started).min().orElse(now.toEpochMilli())),
                Machine.host(),
                identities.stream().map(Identity::version).findFirst().orElse(""),
                Machine.loads(),
                times.user(),
                times.system(),
                UNKNOWN,
                connectors);
    }
}
