package io.github.jettympm.sessions;

import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.FileSessionDataStore;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionCacheFactory;
import org.eclipse.jetty.session.SessionDataStore;
import org.eclipse.jetty.session.SessionDataStoreFactory;
import org.eclipse.jetty.session.SessionManager;

/**
 * Whether what one process writes into a session is seen by the others that serve the same applications. If not, users
 * would be logged out now and then, which no test with one kept-alive connection finds; so it is refused: what an operator
 * has configured, at the start; what nobody has configured, when an application wants the first session.
 *
 * <p>Called in a process that has siblings, by the thread that starts its server. A bean {@link SessionsInMemory} allows
 * everything.
 */
public final class SessionSharing {
    private static final String REMEDY =
            "; enable the modules mpm-session-store and mpm-session-cache, or one of Jetty's"
                    + " session-store-* for a database in place of the first, or, if clients may lose their sessions,"
                    + " mpm-session-memory (embedded: add a bean SharedSessionStoreFactory and a SharedSessionCacheFactory, or a"
                    + " bean SessionsInMemory)";

    private SessionSharing() {}

    /**
     * Sees to it that no session is made in memory because nobody has configured a store.
     *
     * @param server a server that is about to start
     */
    public static void prepare(Server server) {
        if (isSubject(server) && server.getBean(SessionDataStoreFactory.class) == null) {
            server.getBeans(SessionCacheFactory.class).forEach(server::removeBean);
            SessionCacheFactory refusing = RefusedSessions::new;
            server.addBean(refusing);
        }
    }

    /**
     * Refuses applications that are configured to keep sessions where this process alone sees them.
     *
     * @param server a server of which the applications have started
     * @throws IllegalStateException if there is one; the message names it and says what to do
     */
    public static void require(Server server) {
        if (!isSubject(server)) {
            return;
        }
        for (SessionManager manager : server.getContainedBeans(SessionManager.class)) {
            SessionCache cache = manager.getSessionCache();
            Optional<String> obstacle = cache == null ? Optional.empty() : obstacle(cache);
            if (obstacle.isPresent()) {
                throw refusal(manager, obstacle.get());
            }
        }
    }

    static IllegalStateException refusal(SessionManager manager, String obstacle) {
        String path = manager.getContext() == null ? null : manager.getContext().getContextPath();
        return new IllegalStateException("several processes serve the application at " + path
                + ", but a session of it would be seen by one of them only: " + obstacle + REMEDY);
    }

    /** What keeps other processes from seeing a session, in words. */
    private static Optional<String> obstacle(SessionCache cache) {
        SessionDataStore store = cache.getSessionDataStore();
        if (cache instanceof RefusedSessions) {
            return Optional.empty(); // it will speak up itself
        }
        if (store == null || store instanceof NullSessionDataStore) {
            return Optional.of("sessions are kept in memory");
        }
        if (store instanceof FileSessionDataStore) {
            return Optional.of("a FileSessionDataStore finds only the files that its own process has written");
        }
        if (cache.getEvictionPolicy() != SessionCache.EVICT_ON_SESSION_EXIT) {
            return Optional.of("its " + cache.getClass().getSimpleName()
                    + " keeps sessions from one request to the next, while others may change them");
        }
        return Optional.empty();
    }

    /** A server of handlers alone, without servlets, need not have the jar. */
    private static boolean isSubject(Server server) {
        ClassLoader loader = SessionSharing.class.getClassLoader();
        return loader.getResource("org/eclipse/jetty/session/SessionManager.class") != null
                && server.getBean(SessionsInMemory.class) == null;
    }
}
