package io.github.jettympm.sessions;

import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionManager;

/**
 * In place of sessions in memory, where several processes serve: an application may start, since it may do without
 * sessions, but the request that wants the first one is told why it gets none.
 */
final class RefusedSessions extends DefaultSessionCache {
    RefusedSessions(SessionManager manager) {
        super(manager);
    }

    /** Called by the request that wants a session. */
    @Override
    public ManagedSession newSession(String id, long time, long maxInactiveMs) {
        throw SessionSharing.refusal(getSessionManager(), "sessions are kept in memory");
    }
}
