package io.github.jettympm.child;

import static io.github.jettympm.child.SlowRequest.Step.END;
import static io.github.jettympm.child.SlowRequest.Step.LOG;
import static io.github.jettympm.child.SlowRequest.Step.NOTHING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.RequestTimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowRequestTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = Long.MAX_VALUE - SECOND; // the clock may overflow

    private static RequestTimes times(int slow, int terminate) {
        return new RequestTimes("p", Duration.ofSeconds(slow), Duration.ofSeconds(terminate), Duration.ZERO);
    }

    @Test
    void slowRequestIsLoggedOnce() {
        SlowRequest request = new SlowRequest(times(5, 0));

        assertEquals(NOTHING, request.look(BEGIN, BEGIN + 5 * SECOND - 1));
        assertEquals(LOG, request.look(BEGIN, BEGIN + 5 * SECOND));
        assertEquals(NOTHING, request.look(BEGIN, BEGIN + 500 * SECOND));
    }

    @Test
    void nextSlowRequestIsLoggedAgain() {
        SlowRequest request = new SlowRequest(times(5, 0));
        request.look(BEGIN, BEGIN + 5 * SECOND);

        assertEquals(NOTHING, request.look(BEGIN + 6 * SECOND, BEGIN + 7 * SECOND));
        assertEquals(LOG, request.look(BEGIN + 6 * SECOND, BEGIN + 11 * SECOND));
    }

    @Test
    void requestThatTakesTooLongEnds() {
        SlowRequest request = new SlowRequest(times(5, 20));

        assertEquals(LOG, request.look(BEGIN, BEGIN + 20 * SECOND - 1));
        assertEquals(END, request.look(BEGIN, BEGIN + 20 * SECOND));
        assertEquals(END, new SlowRequest(times(0, 20)).look(BEGIN, BEGIN + 20 * SECOND));
    }

    @Test
    void withoutLimitsNothingIsDone() {
        assertEquals(NOTHING, new SlowRequest(times(0, 0)).look(0, Long.MAX_VALUE));
        assertFalse(times(0, 0).isLimited());
        assertTrue(times(1, 0).isLimited() && times(0, 1).isLimited());
    }
}
