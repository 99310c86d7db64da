package io.github.jettympm.sessions;

import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionManager;

/**
 * Has the applications of a server read a session from the store with each request, since another process may have changed
 * it. To be added to the server as a bean. It is Jetty's {@link NullSessionCacheFactory}, except that listeners of an
 * application hear of sessions that have expired.
 */
public final class SharedSessionCacheFactory extends NullSessionCacheFactory {
    /** Makes a factory with Jetty's defaults. */
    public SharedSessionCacheFactory() {}

    @Override
    public SessionCache newSessionCache(SessionManager manager) {
        return new SharedSessionCache(manager);
    }
}
