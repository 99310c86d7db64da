package io.github.jettympm.status;

import io.github.jettympm.scoreboard.Scoreboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Switches the status of a server on, when it is a bean of the server before that starts: then worker and event say for
 * each request which it is (httpd's {@code ExtendedStatus}), in this process and in children, and any process of the server
 * can read what all of them say.
 *
 * <p>Any thread may call any method.
 */
public final class StatusBoard {
    /** Requests that a process shows at once, unless set. */
    public static final int DEFAULT_MAX_ROWS = 256;

    private static final int LEAST_ROWS = 2;
    private static final long UNKNOWN = -1;

    private volatile int maxRows = DEFAULT_MAX_ROWS;
    private volatile LongSupplier storedSessions = () -> UNKNOWN;
    private volatile Path state; // null until a connector starts

    /** Makes a board that knows no connector yet. */
    public StatusBoard() {
        // nothing to be done
    }

    /**
     * Reads what all processes of the server say, those of other connectors too.
     *
     * @return the status now
     * @throws IOException if no connector of these models has started, or what they say cannot be read
     */
    public Status read() throws IOException {
        Path file = state;
        if (file == null) {
            throw new IOException("no connector of Jetty MPM has started in this server");
        }
        return StatusReader.read(StateFile.readFile(file)).withStoredSessions(storedSessions.getAsLong());
    }

    /**
     * Says where the connectors of the server are named. Called by a connector that starts.
     *
     * @param file a {@link StateFile}
     */
    public void found(Path file) {
        state = file;
    }

    /**
     * How many requests a process of worker or event shows at once, at the most.
     *
     * @return {@value #DEFAULT_MAX_ROWS} by default
     */
    public int getMaxRows() {
        return maxRows;
    }

    /**
     * Sets how many requests a process of worker or event shows at once, at the most; others are only counted. Each takes
     * 448 bytes of the scoreboard's file. Takes effect when a connector is started.
     *
     * @param maxRows {@value #LEAST_ROWS} to {@value Scoreboard#MOST_ROWS}
     * @throws IllegalArgumentException if it is out of this range
     */
    public void setMaxRows(int maxRows) {
        if (maxRows < LEAST_ROWS || maxRows > Scoreboard.MOST_ROWS) {
            throw new IllegalArgumentException("maxRows=" + maxRows + " of the status is out of range: use "
                    + LEAST_ROWS + " to " + Scoreboard.MOST_ROWS);
        }
        this.maxRows = maxRows;
    }

    /**
     * How many rows a process gets that serves many requests at once.
     *
     * @param most requests that may run at once in it; -1 if that is not limited
     * @return that number if it is less than {@link #getMaxRows()}, but {@value #LEAST_ROWS} at the least
     */
    public int rows(int most) {
        int limit = maxRows;
        return most < 0 ? limit : Math.max(LEAST_ROWS, Math.min(most, limit));
    }

    /**
     * Says who knows how many sessions there are in the shared store.
     *
     * @param number gives the number, or {@value #UNKNOWN} if it does not know; called by who reads the status
     */
    public void setStoredSessions(LongSupplier number) {
        this.storedSessions = number;
    }
}
