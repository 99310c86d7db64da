package io.github.jettympm.timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.settings.RequestReadTimeout;
import org.junit.jupiter.api.Test;

class ReadClockTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = Long.MAX_VALUE - 3 * SECOND; // nanoTime may overflow at any time

    private static ReadClock clock(long keepAliveMillis, String requestReadTimeout) {
        return new ReadClock(
                new KeepAliveSettings("p", keepAliveMillis, 0, RequestReadTimeout.parse("p", requestReadTimeout)),
                START);
    }

    private static long at(double seconds) {
        return START + (long) (seconds * SECOND);
    }

    private static void serveOneRequest(ReadClock clock) {
        clock.awaiting(at(0));
        clock.awaited(at(0));
        clock.received(100, at(0));
        clock.requestBegins();
        clock.requestEnds();
    }

    @Test
    void headIsTooLateAfterItsLimit() {
        ReadClock clock = clock(-1, "header=10");

        clock.awaiting(at(0));

        assertNull(clock.takeExpired(at(9.9)));
        assertNotNull(clock.takeExpired(at(10)));
        assertEquals(ReadStage.HEADER, clock.stage());
        assertFalse(clock.hasReceived());
    }

    @Test
    void clockSaysWhatIsLeft() {
        ReadClock clock = clock(-1, "header=10");
        assertEquals(Long.MAX_VALUE, clock.remaining(at(0)));

        clock.awaiting(at(0));

        assertEquals(4 * SECOND, clock.remaining(at(6)));
        assertEquals(0, clock.remaining(at(11)));
    }

    @Test
    void expiryIsSaidOnce() {
        ReadClock clock = clock(-1, "header=10");
        clock.awaiting(at(0));

        assertNotNull(clock.takeExpired(at(10)));

        assertNull(clock.takeExpired(at(11)));
    }

    @Test
    void nothingExpiresThatDoesNotWait() {
        ReadClock clock = clock(-1, "header=10");

        assertNull(clock.takeExpired(at(100)));
        clock.awaiting(at(1));
        clock.awaited(at(2));
        assertNull(clock.takeExpired(at(100)));
    }

    @Test
    void waitsOfOneHeadAreCountedTogether() {
        ReadClock clock = clock(-1, "header=10");
        clock.awaiting(at(0));
        clock.awaited(at(6));
        clock.received(1, at(6));

        clock.awaiting(at(6));

        assertNull(clock.takeExpired(at(9.9)));
        assertNotNull(clock.takeExpired(at(10)));
        assertTrue(clock.hasReceived());
    }

    @Test
    void bytesEarnTimeUpToTheMost() {
        ReadClock clock = clock(-1, "header=10-20,MinRate=100");
        clock.awaiting(at(0));
        clock.awaited(at(9));
        clock.received(500, at(9));
        clock.awaiting(at(9));
        assertNull(clock.takeExpired(at(14.9)));
        clock.awaited(at(15));
        clock.received(50_000, at(15));

        clock.awaiting(at(15));

        assertNull(clock.takeExpired(at(19.9)));
        assertNotNull(clock.takeExpired(at(20)));
    }

    @Test
    void headOfALaterRequestCountsFromItsFirstByte() {
        ReadClock clock = clock(-1, "header=10");
        serveOneRequest(clock);
        clock.awaiting(at(0));
        assertNull(clock.takeExpired(at(1_000)));
        clock.awaited(at(1_000));
        clock.received(1, at(1_000));

        clock.awaiting(at(1_000));

        assertEquals(ReadStage.HEADER, clock.stage());
        assertNull(clock.takeExpired(at(1_009.9)));
        assertNotNull(clock.takeExpired(at(1_010)));
    }

    @Test
    void keepAliveTimeoutCountsFromTheEndOfTheRequest() {
        ReadClock clock = clock(5_000, "header=10");
        serveOneRequest(clock);

        clock.awaiting(at(100));

        assertEquals(ReadStage.KEEP_ALIVE, clock.stage());
        assertNull(clock.takeExpired(at(104.9)));
        assertNotNull(clock.takeExpired(at(105)));
    }

    @Test
    void waitThatEndsWithoutBytesDoesNotBeginARequest() {
        ReadClock clock = clock(5_000, "header=10");
        serveOneRequest(clock);
        clock.awaiting(at(1));
        clock.awaited(at(2));

        clock.received(0, at(2));

        assertEquals(ReadStage.KEEP_ALIVE, clock.stage());
    }

    @Test
    void onlyTimeInWhichTheServerWaitsForContentCounts() {
        ReadClock clock = clock(-1, "body=10");
        clock.requestBegins();
        clock.awaiting(at(0));
        clock.awaited(at(4));
        clock.received(10, at(4));

        clock.awaiting(at(1_000)); // the application took its time

        assertNull(clock.takeExpired(at(1_005.9)));
        assertNotNull(clock.takeExpired(at(1_006)));
        assertEquals(ReadStage.BODY, clock.stage());
    }

    @Test
    void slowButSteadyContentPasses() {
        ReadClock clock = clock(-1, "body=10,MinRate=100");
        clock.requestBegins();
        for (int second = 0; second < 1_000; second++) {
            clock.awaiting(at(second));
            assertNull(clock.takeExpired(at(second + 1)));
            clock.awaited(at(second + 1));
            clock.received(100, at(second + 1));
        }
    }

    @Test
    void nextRequestHasItsOwnTime() {
        ReadClock clock = clock(-1, "body=10");
        clock.requestBegins();
        clock.awaiting(at(0));
        clock.awaited(at(9));
        clock.requestEnds();
        clock.requestBegins();

        clock.awaiting(at(20));

        assertNull(clock.takeExpired(at(29.9)));
        assertNotNull(clock.takeExpired(at(30)));
    }

    @Test
    void handshakeHasItsOwnLimitAndTheHeadBeginsAfterIt() {
        ReadClock clock = clock(-1, "handshake=5 header=10");
        clock.handshaking();
        clock.awaiting(at(0));
        assertNotNull(clock.takeExpired(at(5)));
        assertEquals(ReadStage.HANDSHAKE, clock.stage());
        clock.awaited(at(6));

        clock.secured(at(6));
        clock.awaiting(at(6));

        assertEquals(ReadStage.HEADER, clock.stage());
        assertNull(clock.takeExpired(at(15.9)));
        assertNotNull(clock.takeExpired(at(16)));
    }

    @Test
    void zeroIsNoLimit() {
        ReadClock clock = clock(-1, "handshake=0 header=0 body=0");
        clock.awaiting(at(0));
        assertNull(clock.takeExpired(at(1_000_000)));
        clock.awaited(at(1));
        clock.requestBegins();

        clock.awaiting(at(1));

        assertNull(clock.takeExpired(at(1_000_000)));
    }

    @Test
    void upgradedConnectionHasNoLimits() {
        ReadClock clock = clock(1_000, "header=1 body=1");
        serveOneRequest(clock);

        clock.upgraded();
        clock.awaiting(at(1));

        assertNull(clock.takeExpired(at(1_000_000)));
        assertEquals(ReadStage.UPGRADED, clock.stage());
    }
}
