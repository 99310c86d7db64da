package io.github.jettympm.sessions;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database that processes have in common: one file, {@value #FILE}, in a directory that only the server's user may
 * enter, since whoever writes a session decides which objects are made of it.
 *
 * <p>With a write-ahead log readers and the one writer do not wait for each other, and a process that is killed leaves
 * nothing but an unfinished end of the log, which the next one ignores. A commit is not forced to the disk ({@code
 * synchronous=NORMAL}): what the machine wrote in its last seconds may be missing after a power failure, but the
 * database is whole. SQLite forces it when it moves the log into the database, about every 1,000 pages.
 */
final class SessionDatabase implements AutoCloseable {
    static final String FILE = "sessions.db";

    private static final Logger LOG = LoggerFactory.getLogger(SessionDatabase.class);

    /** Writers take turns, each for about 0.1 ms. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    /** More would only wait for each other. A child of prefork uses one, and a second while it removes old sessions. */
    private static final int MOST_CONNECTIONS = 4;

    /** As Jetty's JDBCSessionDataStore would make it, but that does so in each process that does not find it. */
    private static final String[] SCHEMA = {"""
        create table JettySessions (sessionId varchar(120), contextPath varchar(60), \
        virtualHost varchar(60), lastNode varchar(60), accessTime bigint, lastAccessTime bigint, createTime bigint, \
        cookieTime bigint, lastSavedTime bigint, expiryTime bigint, maxInterval bigint, map blob, \
        primary key(sessionId, contextPath, virtualHost))""", "create index idx_JettySessions_expiry on JettySessions (expiryTime)"};

    /** One that never ends has the time 0. */
    private static final String COUNT = "select count(*) from JettySessions where expiryTime <= 0 or expiryTime > ?";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ENTERS = permissions("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_WRITES = permissions("rw-------");

    private final HikariDataSource pool;
    private final StoreOutage outage;

    private SessionDatabase(HikariDataSource pool, Path file) {
        this.pool = pool;
        this.outage = new StoreOutage(file);
    }

    /**
     * Opens the database, and makes it first if it is not there.
     *
     * @throws IOException if that is not possible; the message names the file
     */
    static SessionDatabase open(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        SQLiteDataSource source = source(file);
        try {
            create(file);
            check(source);
        } catch (IOException | SQLException e) {
            throw new IOException(
                    "cannot open the session database " + file + ": " + e.getMessage()
                            + "; if it is damaged, move it away with the files beside it, and all sessions begin anew",
                    e);
        }
        return new SessionDatabase(pool(source), file);
    }

    /**
     * Makes the database under another name first, since two processes that make one at the same moment get in each other's
     * way: SQLite does not wait for the lock that it switches the log on with. SQLite gives the permissions of the
     * database to the files that it makes beside it.
     */
    private static void create(Path file) throws IOException, SQLException {
        Path directory = file.getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory, OWNER_ENTERS);
        }
        if (Files.exists(file)) {
            return;
        }
        Path whole = Files.createTempFile(directory, "new-", ".db", OWNER_WRITES);
        try {
            prepare(whole);
            Files.createLink(file, whole); // unlike a move, this never replaces another process's database
        } catch (FileAlreadyExistsException e) {
            // Another process was faster.
        } finally {
            Files.delete(whole);
        }
    }

    /**
     * What an operator should know about a directory that was there before: a server makes it so that only its own user may
     * enter it.
     *
     * @return empty if there is none, or it is as it should be
     */
    static Optional<String> exposure(Path directory) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
            return mode.endsWith("------")
                    ? Optional.empty()
                    : Optional.of("users other than its owner have access to the directory of the sessions " + directory
                            + " (" + mode + "): who reads a session can take it over, and who writes one decides which"
                            + " objects are made of it; chmod -R go= " + directory);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // it is not there, or may not be looked at
        }
    }

    private static void prepare(Path file) throws SQLException {
        try (Connection connection = source(file).getConnection();
                Statement statement = connection.createStatement()) {
            for (String step : SCHEMA) {
                statement.execute(step);
            }
        }
    }

    private static void check(SQLiteDataSource source) throws IOException, SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            requireLog(statement);
        }
    }

    /** SQLite does not fail where it cannot have a write-ahead log, but goes on without one. */
    private static void requireLog(Statement statement) throws IOException, SQLException {
        try (ResultSet mode = statement.executeQuery("pragma journal_mode")) {
            if (!mode.next() || !mode.getString(1).equalsIgnoreCase("wal")) {
                throw new IOException("the file system cannot have a write-ahead log that processes share;"
                        + " set jetty.mpm.sessions.directory to a directory on a local disk");
            }
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static HikariDataSource pool(SQLiteDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mpm-sessions");
        config.setDataSource(source);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY_TIMEOUT.toMillis());
        config.setMaxLifetime(0); // a connection to a file does not grow old
        config.setKeepaliveTime(0);
        return new HikariDataSource(config);
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /**
     * How many sessions there are.
     *
     * @param now the time, in milliseconds since 1970: those that have ended before are not counted
     */
    long sessions(long now) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setLong(1, now);
            try (ResultSet row = count.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /**
     * Moves the log into the database, so that it is written from its beginning again and needs no more room on the disk.
     *
     * @return whether that was possible: the database may have to grow for it
     */
    boolean emptyLog() {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma wal_checkpoint(restart)")) {
            return result.next() && result.getInt(1) == 0;
        } catch (SQLException e) {
            LOG.debug("the log of the session database cannot be emptied", e);
            return false;
        }
    }

    /** Closes a connection for good once it is given back. */
    void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    /** A session was written. Any thread may say so. */
    void written() {
        outage.ends();
    }

    /** A session could not be written. Any thread may say so. */
    void notWritten(SQLException cause) {
        outage.begins(cause);
    }

    /** Whether what was to be written last could not be. */
    boolean isOut() {
        return outage.lasts();
    }

    DatabaseAdaptor adaptor() {
        DatabaseAdaptor adaptor = new Adaptor();
        adaptor.setDatasource(pool);
        return adaptor;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String letters) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters));
    }

    /** Jetty would ask for a BLOB first, and SQLite's driver refuse it with an exception, at each reading of a session. */
    private static final class Adaptor extends DatabaseAdaptor {
        @Override
        public InputStream getBlobInputStream(ResultSet result, String columnName) throws SQLException {
            return new ByteArrayInputStream(result.getBytes(columnName));
        }
    }
}
