package io.github.jettympm.sessions;

import com.zaxxer.hikari.HikariConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.AbstractSessionDataStoreFactory;
import org.eclipse.jetty.session.HouseKeeper;
import org.eclipse.jetty.session.SessionDataStore;
import org.eclipse.jetty.session.SessionIdManager;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.annotation.Name;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Gives the applications of a server a session store that other processes of this machine share: Jetty's JDBC store on a
 * SQLite database. To be added to the server as a bean, together with a {@link SharedSessionCacheFactory}.
 *
 * <p>As a {@link LongSupplier} it tells how many sessions there are. The database is opened for the first application that starts, so a parent, which starts none, does not touch it.
 */
public final class SharedSessionStoreFactory extends AbstractSessionDataStoreFactory implements LongSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSessionStoreFactory.class);
    private static final long UNKNOWN = -1;

    /** Seconds; httpd's {@code SessionExpiryUpdateInterval} is 0 by default, but there it is for a cookie. */
    private static final int DEFAULT_SAVE_PERIOD = 30;

    /** Where SQLite's driver unpacks its native library, about 1 MB. */
    private static final String NATIVE_DIRECTORY = "org.sqlite.tmpdir";

    /** A system property that only children have. */
    private static final String CHILD = "mpm.slot";

    /** Less than a child lives that is started on demand for one request. */
    private static final long FIRST_LOOK_MILLIS = 2_000;

    private final Server server;
    private Path directory = Path.of("mpm-sessions");
    private SessionDatabase database;

    /**
     * Makes a factory.
     *
     * @param server the server of the applications; the database is closed when it has stopped
     */
    public SharedSessionStoreFactory(@Name("server") Server server) {
        this.server = server;
        setSavePeriodSec(DEFAULT_SAVE_PERIOD);
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                warnOfOthers();
            }

            @Override
            public void lifeCycleStarted(LifeCycle started) {
                removeExpiredSoon();
            }

            @Override
            public void lifeCycleStopped(LifeCycle stopped) {
                close();
            }
        });
    }

    /**
     * Where the database is.
     *
     * @return the directory, {@code mpm-sessions} by default
     */
    public String getDirectory() {
        return directory.toString();
    }

    /**
     * Sets where the database is. A directory that is not there is made, for the user of the server only. It has to be on
     * a local disk.
     *
     * @param directory a path; a relative one is one under {@code $JETTY_BASE}, or, without one, under the current directory
     */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the database cannot be opened
     */
    @Override
    public SessionDataStore getSessionDataStore(SessionManager manager) {
        SharedSessionStore store = new SharedSessionStore(database(), getSavePeriodSec() * 1000L);
        store.setGracePeriodSec(getGracePeriodSec());
        return store;
    }

    /** The thread's class loader is that of an application here, and the threads of the pool must not keep that. */
    private synchronized SessionDatabase database() {
        if (database == null) {
            keepNativeLibraryInOwnDirectory();
            Thread thread = Thread.currentThread();
            ClassLoader application = thread.getContextClassLoader();
            thread.setContextClassLoader(getClass().getClassLoader());
            try {
                database = SessionDatabase.open(base().resolve(directory));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                thread.setContextClassLoader(application);
            }
        }
        return database;
    }

    /**
     * How many sessions are in the store, of all applications and all processes. Any thread may call it.
     *
     * @return the number, without those that have ended; {@value #UNKNOWN} if no application of this process uses the store,
     *     or it does not answer
     */
    @Override
    public long getAsLong() {
        SessionDatabase open = opened();
        try {
            return open == null ? UNKNOWN : open.sessions(System.currentTimeMillis());
        } catch (SQLException e) {
            LOG.debug("the session store does not tell how many sessions it has", e);
            return UNKNOWN;
        }
    }

    private synchronized SessionDatabase opened() {
        return database;
    }

    /** Each child would say it again. */
    private void warnOfOthers() {
        if (System.getProperty(CHILD) == null) {
            SessionDatabase.exposure(base().resolve(directory)).ifPresent(LOG::warn);
        }
    }

    /**
     * Jetty looks for expired sessions for the first time when a process is ten minutes old, and no child need grow so old. It
     * looks on a thread of the same scheduler. The children of a server start together, and are not to look together.
     */
    private void removeExpiredSoon() {
        if (opened() == null) {
            return;
        }
        long delay = ThreadLocalRandom.current().nextLong(FIRST_LOOK_MILLIS);
        for (SessionIdManager sessions : server.getBeans(SessionIdManager.class)) {
            HouseKeeper keeper = sessions.getSessionHouseKeeper();
            if (keeper != null && keeper.getIntervalSec() > 0) {
                server.getScheduler().schedule(keeper::scavenge, delay, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Path base() {
        return Path.of(Optional.ofNullable(System.getProperty("jetty.base")).orElse(""));
    }

    /** The driver removes the library at the end of the process, but a killed one would leave it behind. */
    private void keepNativeLibraryInOwnDirectory() {
        File own = server.getTempDirectory();
        if (own != null) {
            keepNativeLibraryIn(own.toPath());
        }
    }

    private static void keepNativeLibraryIn(Path own) {
        if (System.getProperty(NATIVE_DIRECTORY) == null) {
            System.setProperty(NATIVE_DIRECTORY, own.toString());
        }
    }

    /**
     * Loads the driver of the database and its native library, so that it is there when the first
     * application starts. Any thread may call it, once.
     *
     * @param own where to unpack the library if that is not possible in the other directory
     * @param shared where processes that have the same driver find the library that the first of them has unpacked
     * @throws IllegalStateException if it cannot be loaded
     * @throws LinkageError if there is no driver
     */
    public static void loadDriver(Path own, Path shared) {
        keepNativeLibraryIn(own);
        try {
            NativeLibrary.share(shared);
        } catch (IOException e) {
            LOG.debug("the native library of the session database is not in {}", shared, e);
        }
        try {
            SQLiteJDBCLoader.initialize();
            new HikariConfig();
        } catch (Exception e) { // that is what it declares
            throw new IllegalStateException("the driver of the session database cannot be loaded", e);
        }
    }

    private synchronized void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
