package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.session.SessionContext;
import org.eclipse.jetty.session.SessionData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one database, as two processes have them. */
@Timeout(60)
class SharedSessionStoreTest {
    private static final String ID = "node0x1";
    private static final long HALF_AN_HOUR = 1_800_000;
    private static final long RARELY = 30_000;
    private static final long ALWAYS = 0;

    @TempDir
    private Path directory;

    private final List<SessionDatabase> databases = new ArrayList<>();
    private Connection observer;

    @BeforeEach
    void observe() throws Exception {
        observer = database().connection();
    }

    @AfterEach
    void close() throws Exception {
        observer.close();
        databases.forEach(SessionDatabase::close);
    }

    private SessionDatabase database() throws Exception {
        var database = SessionDatabase.open(directory);
        databases.add(database);
        return database;
    }

    private SharedSessionStore process(long savePeriod) throws Exception {
        var store = new SharedSessionStore(database(), savePeriod);
        store.initialize(new Shop());
        store.start();
        return store;
    }

    private static void create(SharedSessionStore process, Map<String, Object> attributes) throws Exception {
        long now = System.currentTimeMillis();
        var session = process.newSessionData(ID, now, now, now, HALF_AN_HOUR);
        session.setLastNode("node0");
        attributes.forEach(session::setAttribute);
        process.store(ID, session);
    }

    /** As Jetty does at the beginning of a request. */
    private static SessionData enter(SharedSessionStore process) throws Exception {
        var session = process.load(ID);
        session.setLastAccessed(session.getAccessed());
        session.setAccessed(session.getAccessed() + 5);
        session.calcAndSetExpiry();
        return session;
    }

    private static Map<String, Object> stored(SharedSessionStore process) throws Exception {
        return process.load(ID).getAllAttributes();
    }

    /** Another number when another connection has written. */
    private int version() throws SQLException {
        try (var statement = observer.createStatement();
                var version = statement.executeQuery("pragma data_version")) {
            return version.getInt(1);
        }
    }

    @Test
    void whatOneProcessWritesAnotherReads() throws Exception {
        var one = process(RARELY);
        var other = process(RARELY);

        create(one, Map.of("user", "ann", "cart", new ArrayList<>(List.of("pen"))));

        assertEquals(Map.of("user", "ann", "cart", List.of("pen")), stored(other));
    }

    @Test
    void aRequestThatChangesNothingWritesNothing() throws Exception {
        var process = process(RARELY);
        create(process, Map.of("user", "ann"));
        int before = version();

        var session = enter(process);
        session.setAttribute("user", "ann");
        process.store(ID, session);

        assertEquals(before, version());
    }

    @Test
    void theTimeOfTheAccessIsWrittenWhenTheLastWritingIsLongAgo() throws Exception {
        var process = process(ALWAYS);
        create(process, Map.of("user", "ann"));
        var session = enter(process);

        process.store(ID, session);

        assertEquals(session.getAccessed(), process.load(ID).getAccessed());
        assertEquals(session.getExpiry(), process.load(ID).getExpiry());
    }

    @Test
    void theTimeOfTheAccessIsWrittenMoreOftenWhenTheSessionIsShort() throws Exception {
        var process = process(RARELY);
        create(process, Map.of());
        var first = enter(process);
        first.setMaxInactiveMs(19); // a twentieth of it is no time at all
        process.store(ID, first);

        var second = enter(process);
        process.store(ID, second);

        assertEquals(second.getAccessed(), process.load(ID).getAccessed());
    }

    @Test
    void anIntervalThatTheApplicationChangesIsWritten() throws Exception {
        var process = process(RARELY);
        create(process, Map.of("user", "ann"));
        var session = enter(process);

        session.setMaxInactiveMs(60_000);
        process.store(ID, session);

        assertEquals(60_000, process.load(ID).getMaxInactiveMs());
    }

    @Test
    void anAttributeThatIsChangedInPlaceIsWritten() throws Exception {
        var process = process(RARELY);
        create(process, Map.of("cart", new StringBuilder("pen")));

        var session = enter(process);
        ((StringBuilder) session.getAttribute("cart")).append(", ink");
        process.store(ID, session);

        assertEquals("pen, ink", stored(process).get("cart").toString());
    }

    @Test
    void changesOfTwoRequestsAtOnceAreBothKept() throws Exception {
        var one = process(RARELY);
        var other = process(RARELY);
        create(one, Map.of("user", "nobody", "cart", 1));

        var login = enter(one);
        var buying = enter(other);
        login.setAttribute("user", "ann");
        buying.setAttribute("cart", 2);
        one.store(ID, login);
        other.store(ID, buying);

        assertEquals(Map.of("user", "ann", "cart", 2), stored(one));
        assertEquals(Map.of("user", "ann", "cart", 2), buying.getAllAttributes());
    }

    @Test
    void aRequestThatOnlyReadsDoesNotBringOldAttributesBack() throws Exception {
        var one = process(ALWAYS);
        var other = process(ALWAYS);
        create(one, Map.of("cart", 1));

        var reading = enter(one);
        var buying = enter(other);
        buying.setAttribute("cart", 2);
        other.store(ID, buying);
        one.store(ID, reading);

        assertEquals(Map.of("cart", 2), stored(one));
    }

    @Test
    void aRequestThatIsWrittenTwiceSeesItsOwnChanges() throws Exception {
        var one = process(RARELY);
        var other = process(RARELY);
        create(one, Map.of("cart", 1));

        var request = enter(one);
        request.setAttribute("cart", 2);
        one.store(ID, request); // when the response is committed
        var next = enter(other);
        next.setAttribute("cart", 3);
        other.store(ID, next);
        one.store(ID, request); // when the request ends

        assertEquals(Map.of("cart", 3), stored(one));
    }

    @Test
    void aSessionThatIsEndedElsewhereStaysEnded() throws Exception {
        var one = process(RARELY);
        var other = process(RARELY);
        create(one, Map.of("user", "ann"));

        var late = enter(one);
        other.delete(ID);
        late.setAttribute("cart", 1);
        one.store(ID, late);

        assertNull(one.load(ID));
    }

    /** SQLite says the same of a database that may not grow as of a disk that is full. */
    @Test
    void whatWasStoredIsNotLostWhenThereIsNoRoomAndStoringGoesOnWhenThereIs() throws Exception {
        var database = database();
        var full = new SharedSessionStore(database, ALWAYS);
        full.initialize(new Shop());
        full.start();
        create(full, Map.of("cart", 1));
        limit(database, 1);
        var session = enter(full);
        session.setAttribute("cart", "x".repeat(100_000));

        assertThrows(SQLException.class, () -> full.store(ID, session));

        assertEquals(Map.of("cart", 1), stored(full));
        assertEquals(Map.of("cart", 1), stored(process(RARELY)));
        limit(database, 1_000_000);
        full.store(ID, enter(full)); // the time alone, which is committed by itself
        session.setAttribute("cart", 2);
        process(ALWAYS).store(ID, session);
        assertEquals(Map.of("cart", 2), stored(full));
    }

    /** Of the one connection that one thread uses. A number of pages that is too small stands for those that there are. */
    private static void limit(SessionDatabase database, int pages) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("pragma max_page_count = " + pages);
        }
    }

    /** Of an application at /shop. */
    private static final class Shop extends SessionContext {
        Shop() {
            _workerName = "node0";
            _canonicalContextPath = "_shop";
            _vhost = NULL_VHOST;
        }
    }
}
