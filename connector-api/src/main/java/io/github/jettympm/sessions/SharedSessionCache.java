package io.github.jettympm.sessions;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.SessionManager;

/**
 * Jetty's cache that keeps nothing, except that listeners hear of a session that has expired. Jetty tells them of what the cache
 * gives back when a session is deleted, and this one has nothing to give back; so here it is read first.
 *
 * <p>Several processes, or threads, may find the same session at once. The one that deletes it tells its listeners, and no other.
 */
final class SharedSessionCache extends NullSessionCache {
    /** Holds an id for each look that has found it, since two threads may look at once. */
    private final Queue<String> expired = new ConcurrentLinkedQueue<>();

    SharedSessionCache(SessionManager manager) {
        super(manager);
    }

    /** {@inheritDoc} Jetty deletes them next. */
    @Override
    public Set<String> checkExpiration(Set<String> candidates) {
        Set<String> found = super.checkExpiration(candidates);
        expired.addAll(found);
        return found;
    }

    /** {@inheritDoc} Of one that an application ends, its listeners have heard before. */
    @Override
    public ManagedSession delete(String id) throws Exception {
        if (!expired.remove(id)) {
            return super.delete(id);
        }
        ManagedSession session = getAndEnter(id, false);
        return getSessionDataStore().delete(id) ? session : null;
    }
}
