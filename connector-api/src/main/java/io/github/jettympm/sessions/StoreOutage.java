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
                    "sessions cannot be written ({}); requests are served, and what they change in a session is lost until"
                            + " that ends; {}",
                    cause.getMessage(),
                    remedy(cause));
        }
    }

    private String remedy(SQLException cause) {
        boolean full = (cause.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_FULL.code;
        return full
                ? "make room on the file system of " + file + ", no restart is needed"
                : "see whether " + file + " and the files beside it can be written";
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
