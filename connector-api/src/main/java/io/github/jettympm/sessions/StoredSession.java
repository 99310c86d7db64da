package io.github.jettympm.sessions;

import java.util.Arrays;
import org.eclipse.jetty.session.SessionData;

/** A session, and what the store holds of it as far as this request knows. */
final class StoredSession extends SessionData {
    private static final long serialVersionUID = 1L;

    /** The attributes as they were last read or written, serialized; null before that. */
    private transient byte[] stored;

    private transient long storedMaxInactive;

    StoredSession(
            String id,
            String contextPath,
            String virtualHost,
            long created,
            long accessed,
            long lastAccessed,
            long maxInactive) {
        super(id, contextPath, virtualHost, created, accessed, lastAccessed, maxInactive);
        storedMaxInactive = maxInactive;
    }

    byte[] stored() {
        return stored;
    }

    /** Notes that the store holds these attributes, and the current values of everything else. */
    void holds(byte[] attributes) {
        stored = attributes;
        storedMaxInactive = getMaxInactiveMs();
    }

    /**
     * Whether the store holds something else than these attributes. A changed interval counts as well; one that an
     * application has changed inside of an attribute, without {@code setAttribute}, too.
     */
    boolean differs(byte[] attributes) {
        return hasNewInterval() || !Arrays.equals(stored, attributes);
    }

    /** Whether the application has changed after what time the session ends; if not, another process may have. */
    boolean hasNewInterval() {
        return storedMaxInactive != getMaxInactiveMs();
    }

    /** The time from which on it counts until the session ends. */
    long lastUse() {
        return getExpiry() > 0 && getMaxInactiveMs() > 0 ? getExpiry() - getMaxInactiveMs() : getAccessed();
    }
}
