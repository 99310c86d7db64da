package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    @TempDir
    private Path directory;

    private Scoreboard parent;
    private Traffic seen;
    private Traffic child;

    @BeforeEach
    void open() throws IOException {
        parent = Scoreboard.create(directory.resolve("scoreboard"), 3);
        seen = parent.traffic(1);
        child = Scoreboard.open(parent.file()).traffic(1);
    }

    @Test
    void nothingWasServedYet() {
        assertEquals(Activity.NONE, seen.activity());
        assertEquals(0, seen.connections() + seen.requests() + seen.bytes() + seen.lastDuration() + seen.since());
        assertEquals("", seen.client() + seen.request());
        assertFalse(child.isToEndKeepAlive());
    }

    @Test
    void parentFollowsAConnection() {
        child.connectionTaken("192.0.2.1", 10);
        assertEquals(Activity.READING, seen.activity());
        assertEquals("192.0.2.1", seen.client());
        assertEquals(10, seen.since());

        child.requestBegins("GET", "/shop/cart", 20);
        assertEquals(Activity.WRITING, seen.activity());
        assertEquals("GET /shop/cart", seen.request());
        assertEquals(20, seen.since());
        assertEquals(0, seen.requests());

        child.requestEnds(300, 27);
        assertEquals(Activity.KEEP_ALIVE, seen.activity());
        assertEquals(27, seen.since());
        assertEquals(7, seen.lastDuration());
        child.requestBegins("PUT", "/", 30);
        child.requestEnds(200, 31);
        assertEquals(2, seen.requests());
        assertEquals(500, seen.bytes());
        assertEquals(8, seen.busyTime());
        assertEquals(1, seen.connections());
    }

    @Test
    void nextConnectionHasNoRequestYet() {
        child.connectionTaken("192.0.2.1", 10);
        child.requestBegins("GET", "/", 20);

        child.connectionTaken("2001:db8::1", 30);

        assertEquals("2001:db8::1", seen.client());
        assertEquals("", seen.request());
        assertEquals(2, seen.connections());
    }

    @Test
    void longTextIsCutAndNothingElseIsTouched() {
        parent.traffic(2).connectionTaken("192.0.2.2", 1);
        parent.traffic(0).connectionTaken("192.0.2.3", 1);

        child.connectionTaken("a".repeat(1_000), 5);
        child.requestBegins("M".repeat(300), "/" + "b".repeat(1_000), 6);

        assertEquals("a".repeat(60), seen.client());
        assertEquals("M".repeat(252), seen.request());
        child.requestBegins("GET", "/" + "b".repeat(1_000), 6);
        assertEquals("GET /" + "b".repeat(247), seen.request());
        assertEquals(1, seen.connections());
        assertFalse(child.isToEndKeepAlive());
        assertEquals("192.0.2.2", parent.traffic(2).client());
        assertEquals("192.0.2.3", parent.traffic(0).client());
    }

    @Test
    void whatIsNotPrintableDoesNotGetIntoALog() {
        child.requestBegins("GET", "/\n\u001b[31m\u00e4", 1);

        assertEquals("GET /??[31m?", seen.request());
    }

    private void serveOne() {
        child.requestBegins("GET", "/", 20);
        child.requestEnds(1, 30);
    }

    @Test
    void onlyTheWaitThatIsMeantIsToEnd() {
        child.connectionTaken("192.0.2.1", 10);
        serveOne();

        seen.endKeepAlive(seen.requests());
        assertTrue(child.isToEndKeepAlive());
        assertFalse(parent.traffic(0).isToEndKeepAlive());

        child.requestBegins("GET", "/", 40);
        assertFalse(child.isToEndKeepAlive());
        child.requestEnds(1, 50);
        assertFalse(child.isToEndKeepAlive(), "the next wait of the same connection");
    }

    @Test
    void nextConnectionIsNotToEnd() {
        child.connectionTaken("192.0.2.1", 10);
        serveOne();
        seen.endKeepAlive(seen.requests());

        child.connectionTaken("192.0.2.1", 40);
        assertFalse(child.isToEndKeepAlive());

        serveOne();
        assertFalse(child.isToEndKeepAlive());
    }

    /** A row that cost an object for each request would be paid for by every request. */
    @Test
    void requestsAreWrittenWithoutAllocation() {
        var machine = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        RequestRows one = new OneRow(child);
        for (int i = 0; i < 1_000; i++) { // what is made once: classes, and whatever the interpreter needs
            serve(one);
        }

        long before = machine.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            serve(one);
        }
        long allocated = machine.getCurrentThreadAllocatedBytes() - before;

        assertEquals(11_000, seen.requests());
        assertTrue(allocated < 10_000, () -> allocated + " bytes for 10,000 requests");
    }

    private void serve(RequestRows rows) {
        rows.ends(rows.begins("192.0.2.1", "GET", "/shop/cart", 20), 20, 300, 27);
    }

    @Test
    void upgradedConnectionIsNotKeptAliveForNothing() {
        child.connectionTaken("192.0.2.1", 10);
        parent.requestRows(1).upgraded(15);
        assertEquals(Activity.READING, seen.activity());
        serveOne();
        seen.endKeepAlive(seen.requests());

        parent.requestRows(1).upgraded(40);
        parent.requestRows(1).upgraded(50);

        assertEquals(Activity.UPGRADED, seen.activity());
        assertEquals(40, seen.since());
        assertFalse(child.isToEndKeepAlive());
        child.connectionTaken("192.0.2.1", 60);
        assertEquals(Activity.READING, seen.activity());
    }

    @Test
    void nextChildBeginsFromZero() {
        child.connectionTaken("192.0.2.1", 10);
        child.requestBegins("GET", "/", 20);
        child.requestEnds(1, 30);
        seen.endKeepAlive(1);

        parent.begin(1, 2);

        nothingWasServedYet();
    }

    @Test
    void pressureIsSeenByAll() throws IOException {
        Scoreboard other = Scoreboard.open(parent.file());
        assertFalse(other.isUnderPressure());

        parent.pressure(true);
        assertTrue(other.isUnderPressure());
        parent.pressure(false);
        assertFalse(other.isUnderPressure());
    }

    @ParameterizedTest
    @CsvSource({"NONE,0,_", "READING,1,R", "WRITING,2,W", "KEEP_ALIVE,3,K", "UPGRADED,4,W"})
    void codesNeverChange(Activity activity, int code, char letter) {
        assertEquals(code, activity.code());
        assertEquals(activity, Activity.of(code));
        assertEquals(letter, activity.letter());
    }

    @Test
    void codeOfAnotherVersionIsNoActivity() {
        assertEquals(Activity.NONE, Activity.of(9));
    }
}
