package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final long EIGHT_HOURS = 16 * HALF_AN_HOUR;
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
        return process(database(), savePeriod);
    }

    private static SharedSessionStore process(SessionDatabase database, long savePeriod) throws Exception {
        var store = new SharedSessionStore(database, savePeriod);
        store.initialize(new Shop());
        store.start();
        return store;
    }

    private static void create(SharedSessionStore process, Map<String, Object> attributes) throws Exception {
        create(process, ID, attributes);
    }

    private static void create(SharedSessionStore process, String id, Map<String, Object> attributes) throws Exception {
        long now = System.currentTimeMillis();
        var session = process.newSessionData(id, now, now, now, HALF_AN_HOUR);
        session.setLastNode("node0");
        attributes.forEach(session::setAttribute);
        process.store(id, session);
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
    void aRequestThatEndsLaterDoesNotTakeBackTheIntervalThatAnotherHasSet() throws Exception {
        var one = process(ALWAYS);
        var other = process(ALWAYS);
        create(one, Map.of("cart", 1));

        var reading = enter(one);
        var buying = enter(one);
        var login = enter(other);
        setInterval(login, EIGHT_HOURS);
        other.store(ID, login);
        one.store(ID, reading); // writes times alone
        assertEndsAfter(EIGHT_HOURS, one.load(ID));
        buying.setAttribute("cart", 2);
        one.store(ID, buying); // writes attributes, too

        assertEndsAfter(EIGHT_HOURS, one.load(ID));
        assertEquals(Map.of("cart", 2), stored(one));
    }

    @Test
    void aSessionThatIsNeverToEndDoesNotBeginToDoSo() throws Exception {
        var one = process(ALWAYS);
        var other = process(ALWAYS);
        create(one, Map.of());

        var reading = enter(one);
        var endless = enter(other);
        setInterval(endless, -1);
        other.store(ID, endless);
        one.store(ID, reading);

        assertEquals(-1, one.load(ID).getMaxInactiveMs());
        assertEquals(0, one.load(ID).getExpiry());
        var mortal = enter(one);
        setInterval(mortal, HALF_AN_HOUR);
        one.store(ID, mortal);
        assertEndsAfter(HALF_AN_HOUR, one.load(ID));
    }

    @Test
    void aRequestThatBeganEarlierDoesNotLetTheSessionEndEarlier() throws Exception {
        var one = process(ALWAYS);
        var other = process(ALWAYS);
        create(one, Map.of());

        var early = enter(one);
        var late = enter(other);
        late.setAccessed(late.getAccessed() + 60_000);
        late.calcAndSetExpiry(late.getAccessed());
        other.store(ID, late);
        one.store(ID, early);

        assertEquals(late.getExpiry(), one.load(ID).getExpiry());
    }

    /** As Jetty does for an application. */
    private static void setInterval(SessionData session, long interval) {
        session.setMaxInactiveMs(interval);
        session.calcAndSetExpiry();
        session.setDirty(true);
    }

    private static void assertEndsAfter(long interval, SessionData stored) {
        assertEquals(interval, stored.getMaxInactiveMs());
        assertTrue(stored.getExpiry() >= stored.getCreated() + interval, "ends " + stored.getExpiry());
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
        var full = process(database, ALWAYS);
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

    @Test
    void aSessionThatCannotBeDeletedIsEndedInThisProcessAndDeletedAsSoonAsThatIsPossible() throws Exception {
        var database = database();
        var ending = process(database, RARELY);
        var other = process(RARELY);
        create(ending, Map.of("user", "ann"));
        var late = enter(ending);
        only(database, "reads");

        assertThrows(SQLException.class, () -> ending.delete(ID));

        assertNull(ending.load(ID));
        assertFalse(ending.exists(ID), "its id would be used again");
        late.setAttribute("cart", 1);
        assertThrows(SQLException.class, () -> ending.store(ID, late));
        assertEquals(Map.of("user", "ann"), stored(other)); // it cannot know
        only(database, "writes");
        create(ending, "node0x2", Map.of());
        assertNull(other.load(ID));
        ending.store(ID, late);
        assertNull(other.load(ID));
    }

    @Test
    void aSessionThatCouldNotBeDeletedIsDeletedWhenItIsAskedForOrOldOnesAreLookedFor() throws Exception {
        var database = database();
        var ending = process(database, RARELY);
        var other = process(RARELY);
        for (boolean asked : new boolean[] {true, false}) {
            create(ending, Map.of("user", "ann"));
            only(database, "reads");
            assertThrows(SQLException.class, () -> ending.delete(ID));
            only(database, "writes");

            if (asked) {
                assertNull(ending.load(ID));
            } else {
                assertEquals(Set.of(), ending.getExpired(Set.of()));
            }

            assertNull(other.load(ID));
        }
    }

    @Test
    void aFailedDeletionIsReportedOnceAsIsAFailedWriting() throws Exception {
        var database = database();
        var ending = process(database, RARELY);
        create(ending, Map.of("user", "ann"));
        only(database, "reads");

        assertThrows(SQLException.class, () -> ending.delete(ID));

        assertTrue(database.isOut());
        only(database, "writes");
        assertFalse(ending.delete("node0x2")); // which is not there
        assertTrue(database.isOut());
        assertTrue(ending.delete(ID));
        assertFalse(database.isOut());
    }

    @Test
    void aRequestOfWhichNothingIsWrittenDoesNotEndAnOutage() throws Exception {
        var database = database();
        var process = process(database, RARELY);
        create(process, Map.of("user", "ann"));
        only(database, "reads");
        assertThrows(SQLException.class, () -> create(process, "node0x2", Map.of()));

        process.store(ID, enter(process));

        assertTrue(database.isOut());
    }

    @Test
    void theLogIsWrittenFromItsBeginningAgain() throws Exception {
        var database = database();
        var process = process(database, ALWAYS);
        var log = directory.resolve("sessions.db-wal");
        create(process, Map.of("cart", "x".repeat(100_000)));
        long size = Files.size(log);

        assertTrue(database.emptyLog());
        process.store(ID, enter(process));

        assertEquals(size, Files.size(log));
    }

    /** SQLite says of a connection that may only read what it says of a database that cannot be written. */
    private static void only(SessionDatabase database, String what) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("pragma query_only = " + what.equals("reads"));
        }
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
