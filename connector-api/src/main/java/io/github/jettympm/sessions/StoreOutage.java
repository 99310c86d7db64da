package io.github.jettympm.sessions;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** Says once that sessions cannot be written, with the remedy, and once that they can be again. Any thread may use it. */
final class StoreOutage {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOutage.class);

    /** An error code of SQLite is this part of what its driver reports; above are details. */
    private static final int PRIMARY_CODE = 0xFF;

    private final Path file;
    private volatile boolean lasts;
    private long since;
    private long failures;

    StoreOutage(Path file) {
        this.file = file;
    }

    synchronized void begins(SQLException cause) {
        failures++;
        if (!lasts) {
            lasts = true;
            since = System.nanoTime();
            LOG.error(
                    "sessions cannot be written ({}); requests are served, but what they change in a session is lost, and"
                            + " one that they end may go on at other processes, until that ends; {}",
                    cause.getMessage(),
                    remedy(cause));
        }
    }

    private String remedy(SQLException cause) {
        return isFull(cause)
                ? "make room on the file system of " + file + ", no restart is needed"
                : "see whether " + file + " and the files beside it can be written";
    }

    /** Whether there was no room on the file system, or in the database. */
    static boolean isFull(SQLException cause) {
        return (cause.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    boolean lasts() {
        return lasts;
    }

    void ends() {
        if (lasts) { // asked for each request
            end();
        }
    }

    private synchronized void end() {
        if (lasts) {
            lasts = false;
            LOG.info(
                    "sessions are written again after {} s; {} writings failed",
                    Duration.ofNanos(System.nanoTime() - since).toSeconds(),
                    failures);
            failures = 0;
        }
    }
}
