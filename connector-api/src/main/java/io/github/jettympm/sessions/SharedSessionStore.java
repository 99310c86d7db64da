package io.github.jettympm.sessions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.session.JDBCSessionDataStore;
import org.eclipse.jetty.session.SessionData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's JDBC session store, for processes of which each may serve the next request of a session.
 *
 * <p>Jetty writes the whole session at the end of each request, so one that has only read it would bring old attributes
 * back over what another has written meanwhile. This one writes attributes if their serialized form has changed, and only
 * over those that the request has read; if others are there, it merges ({@link AttributeMerge}). In the same way it writes the
 * time after which the session ends only if the request has changed it.
 */
final class SharedSessionStore extends JDBCSessionDataStore {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSessionStore.class);

    /** A session may end earlier than it should by this part of its time, so that not every request has to write. */
    private static final int PART_OF_INTERVAL = 20;

    private static final String THIS_SESSION = " where sessionId = ? and contextPath = ? and virtualHost = ?";
    /** The new interval, or the one that is stored. */
    private static final String INTERVAL = "coalesce(?, maxInterval)";
    /** Requests of one session may end in another order than they began. What is read here is what was stored before. */
    private static final String TIMES = "update JettySessions set lastNode = ?, accessTime = max(accessTime, ?),"
            + " lastAccessTime = max(lastAccessTime, ?), lastSavedTime = ?, maxInterval = " + INTERVAL
            + ", expiryTime = case when " + INTERVAL + " <= 0 then 0 else max(accessTime, ?) + " + INTERVAL + " end";

    private static final String TOUCH = TIMES + THIS_SESSION;
    private static final String REPLACE = TIMES + ", map = ?" + THIS_SESSION + " and map = ?";
    private static final String READ = "select map from JettySessions" + THIS_SESSION;

    private final SessionDatabase database;
    private final long savePeriod;
    private final Set<String> undeleted = ConcurrentHashMap.newKeySet(); // ended here, but there still

    /** @param savePeriod how long the time of an access may stay unwritten when nothing else has changed, milliseconds */
    SharedSessionStore(SessionDatabase database, long savePeriod) {
        this.database = database;
        this.savePeriod = savePeriod;
        setDatabaseAdaptor(database.adaptor());
    }

    @Override
    public SessionData newSessionData(String id, long created, long accessed, long lastAccessed, long maxInactive) {
        String path = _context.getCanonicalContextPath();
        return new StoredSession(id, path, _context.getVhost(), created, accessed, lastAccessed, maxInactive);
    }

    @Override
    protected void deserializeAttributes(SessionData data, InputStream in) throws Exception {
        byte[] attributes = in.readAllBytes();
        super.deserializeAttributes(data, new ByteArrayInputStream(attributes));
        ((StoredSession) data).holds(attributes);
    }

    /** {@inheritDoc} If that is not possible, the store holds what it held, and Jetty lets the request go on. */
    @Override
    public void doStore(String id, SessionData data, long lastSaveTime) throws Exception {
        if (undeleted.contains(id)) {
            delete(id);
        }
        try {
            if (write(id, data, lastSaveTime)) {
                database.written();
                deleteUndeleted();
            }
        } catch (SQLException e) {
            database.notWritten(e);
            throw e;
        }
    }

    /**
     * {@inheritDoc} If that is not possible, this process takes the session for ended, and deletes it as soon as it can;
     * other processes find it until then.
     */
    @Override
    public boolean delete(String id) throws Exception {
        try {
            boolean deleted = deleteEvenIfFull(id);
            undeleted.remove(id);
            if (deleted) {
                database.written();
            }
            return deleted;
        } catch (SQLException e) {
            undeleted.add(id);
            database.notWritten(e);
            throw e;
        }
    }

    private boolean deleteEvenIfFull(String id) throws Exception {
        try {
            return super.delete(id);
        } catch (SQLException e) {
            if (StoreOutage.isFull(e) && database.emptyLog()) {
                return super.delete(id);
            }
            throw e;
        }
    }

    /** If one cannot be deleted yet, the others cannot either. */
    private void deleteUndeleted() {
        for (String id : undeleted) {
            if (!isDeletedNow(id)) {
                return;
            }
        }
    }

    private boolean isDeletedNow(String id) {
        try {
            delete(id);
            return true;
        } catch (Exception e) {
            LOG.debug("session {} cannot be deleted yet", id, e);
            return false;
        }
    }

    @Override
    public SessionData doLoad(String id) throws Exception {
        return isEnded(id) ? null : super.doLoad(id);
    }

    @Override
    public boolean doExists(String id) throws Exception {
        return !isEnded(id) && super.doExists(id);
    }

    /** Whether it was ended here, and is there still. */
    private boolean isEnded(String id) {
        return undeleted.contains(id) && !isDeletedNow(id);
    }

    /** {@inheritDoc} Called every some minutes. */
    @Override
    public Set<String> doCheckExpired(Set<String> candidates, long time) {
        deleteUndeleted();
        return super.doCheckExpired(candidates, time);
    }

    /** Returns whether there was anything to write. */
    private boolean write(String id, SessionData data, long lastSaveTime) throws Exception {
        StoredSession session = (StoredSession) data;
        byte[] attributes = serialize(data);
        if (lastSaveTime <= 0) {
            doInsert(id, data);
            session.holds(attributes);
        } else if (session.differs(attributes)) {
            replace(session, attributes);
        } else if (data.getLastSaved() - lastSaveTime >= tolerance(data.getMaxInactiveMs())) {
            touch(session);
        } else {
            data.setLastSaved(lastSaveTime);
            return false;
        }
        return true;
    }

    private long tolerance(long maxInactive) {
        return maxInactive <= 0 ? savePeriod : Math.min(savePeriod, maxInactive / PART_OF_INTERVAL);
    }

    private void touch(StoredSession session) throws SQLException {
        try (Connection connection = database.connection();
                PreparedStatement touch = connection.prepareStatement(TOUCH)) {
            name(session, touch, times(session, touch));
            touch.executeUpdate();
        }
    }

    private void replace(StoredSession session, byte[] attributes) throws Exception {
        try (Connection connection = database.connection()) {
            replace(connection, session, attributes);
        }
    }

    private void replace(Connection connection, StoredSession session, byte[] attributes) throws Exception {
        try {
            connection.setAutoCommit(false); // after the first update no other process writes until the commit
            byte[] written = attributes;
            if (!replace(connection, session, session.stored(), attributes)) {
                written = mergeAndReplace(connection, session);
            }
            connection.commit();
            session.holds(written);
        } catch (SQLException e) {
            // SQLite may have ended the transaction already, and then nothing but a new connection is in a known state.
            database.discard(connection);
            throw e;
        }
    }

    /** Fails if the store holds something else than {@code old}, or the session is gone. */
    private boolean replace(Connection connection, StoredSession session, byte[] old, byte[] attributes)
            throws SQLException {
        try (PreparedStatement replace = connection.prepareStatement(REPLACE)) {
            int next = times(session, replace);
            replace.setBytes(next, attributes);
            next = name(session, replace, next + 1);
            replace.setBytes(next, old);
            return replace.executeUpdate() == 1;
        }
    }

    /** A session that is gone was ended by another request, and stays so. */
    private byte[] mergeAndReplace(Connection connection, StoredSession session) throws Exception {
        byte[] theirs = read(connection, session);
        if (theirs == null) {
            return session.stored();
        }
        Map<String, Object> merged = new AttributeMerge(SharedSessionStore::isSame)
                .merge(attributes(session.stored()), session.getAllAttributes(), attributes(theirs));
        session.clearAllAttributes();
        session.putAllAttributes(merged);
        byte[] attributes = serialize(session);
        replace(connection, session, theirs, attributes);
        return attributes;
    }

    private static byte[] read(Connection connection, StoredSession session) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            name(session, read, 1);
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** Returns the index of the next parameter. */
    private static int times(StoredSession session, PreparedStatement statement) throws SQLException {
        int next = 1;
        statement.setString(next++, session.getLastNode());
        statement.setLong(next++, session.getAccessed());
        statement.setLong(next++, session.getLastAccessed());
        statement.setLong(next++, session.getLastSaved());
        Long newInterval = session.hasNewInterval() ? session.getMaxInactiveMs() : null;
        statement.setObject(next++, newInterval);
        statement.setObject(next++, newInterval);
        statement.setLong(next++, session.lastUse());
        statement.setObject(next++, newInterval);
        return next;
    }

    /** Returns the index of the next parameter. */
    private static int name(StoredSession session, PreparedStatement statement, int first) throws SQLException {
        int next = first;
        statement.setString(next++, session.getId());
        statement.setString(next++, session.getContextPath());
        statement.setString(next++, session.getVhost());
        return next;
    }

    private Map<String, Object> attributes(byte[] serialized) throws Exception {
        SessionData data = newSessionData("", 0, 0, 0, 0);
        super.deserializeAttributes(data, new ByteArrayInputStream(serialized));
        return data.getAllAttributes();
    }

    private byte[] serialize(SessionData data) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        serializeAttributes(data, out);
        return out.toByteArray();
    }

    /** Applications' classes need not have {@code equals}; that they can be serialized is what the store asks of them. */
    private static boolean isSame(Object one, Object other) {
        return one == other || one != null && other != null && Arrays.equals(serialize(one), serialize(other));
    }

    private static byte[] serialize(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
