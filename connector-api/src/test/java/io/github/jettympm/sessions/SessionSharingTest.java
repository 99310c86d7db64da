package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.DefaultSessionCacheFactory;
import org.eclipse.jetty.session.FileSessionDataStoreFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionSharingTest {
    @TempDir
    private Path directory;

    private final Server server = new Server();
    private final SessionHandler sessions = new SessionHandler();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** As a process with siblings does. */
    private void startWith(Object... beans) throws Exception {
        for (Object bean : beans) {
            server.addBean(bean);
        }
        server.setHandler(new ServletContextHandler("/shop", sessions, null, null, null));
        SessionSharing.prepare(server);
        server.start();
    }

    private SharedSessionStoreFactory sharedStore() {
        var factory = new SharedSessionStoreFactory(server);
        factory.setDirectory(directory.resolve("sessions").toString());
        return factory;
    }

    private void keepInMemory() {
        var cache = new DefaultSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
    }

    private void assertStarts() {
        assertDoesNotThrow(() -> SessionSharing.require(server));
    }

    private void makeSession() {
        sessions.getSessionCache().newSession("node0x1", System.currentTimeMillis(), 1_000);
    }

    private static void assertRefused(Executable action, String obstacle) {
        var refusal = assertThrows(IllegalStateException.class, action);

        assertTrue(refusal.getMessage().contains("application at /shop"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(obstacle), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("enable the modules mpm-session-store"), refusal::getMessage);
    }

    @Test
    void applicationStartsWithoutAStoreSinceItMayNeedNone() throws Exception {
        startWith();

        assertStarts();
    }

    @Test
    void sessionIsRefusedIfNobodyHasConfiguredAStore() throws Exception {
        startWith();

        assertRefused(this::makeSession, "sessions are kept in memory");
    }

    @Test
    void cacheAloneIsNoStore() throws Exception {
        startWith(new NullSessionCacheFactory());

        assertRefused(this::makeSession, "sessions are kept in memory");
    }

    @Test
    void applicationThatIsConfiguredToKeepSessionsInMemoryIsRefused() throws Exception {
        keepInMemory();
        startWith();

        assertRefused(() -> SessionSharing.require(server), "sessions are kept in memory");
    }

    @Test
    void sessionsInMemoryAreAllowedToWhoAsksForThem() throws Exception {
        startWith(new SessionsInMemory());

        assertStarts();
        assertDoesNotThrow(this::makeSession);
    }

    @Test
    void sharedStoreIsNotRefused() throws Exception {
        startWith(sharedStore(), new NullSessionCacheFactory());

        assertStarts();
        assertDoesNotThrow(this::makeSession);
    }

    @Test
    void cacheThatKeepsSessionsIsRefusedInFrontOfASharedStore() throws Exception {
        startWith(sharedStore(), new DefaultSessionCacheFactory());

        assertRefused(
                () -> SessionSharing.require(server),
                "DefaultSessionCache keeps sessions from one request to the next");
    }

    @Test
    void filesAreRefused() throws Exception {
        var files = new FileSessionDataStoreFactory();
        files.setStoreDir(directory.toFile());
        startWith(files, new NullSessionCacheFactory());

        assertRefused(() -> SessionSharing.require(server), "finds only the files that its own process has written");
    }

    @Test
    void databaseIsOpenOnlyWhileTheServerRuns() throws Exception {
        startWith(sharedStore(), new NullSessionCacheFactory());
        var log = directory.resolve("sessions/sessions.db-wal");
        assertTrue(Files.exists(log));

        server.stop();

        assertFalse(Files.exists(log), "SQLite removes the log when the last connection is closed");
    }
}
